import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { parsePolicy, strictSource } from '@assay/policy';
import fc from 'fast-check';
import { documentOf, faultsOf, policyOf } from './support.ts';

const text = (rules: string, rest = ''): string => `assay: policy/1
name: test
description: test
${rest}
rules:
${rules}
assurance:
  - { level: low, when: device.locked }
`;
const GOOD = `  - id: good
    require: device.locked
    otherwise: { tier: none, code: policy.bootloader_unlocked }
    why: test
`;
const places = (source: string): string[] => faultsOf(source).map(({ line, column }) => `${line}:${column}`);

describe('reading a policy', () => {
  it('gives what the document says', () => {
    const policy = parsePolicy(text(GOOD), { version: 7 });
    assert.deepEqual([policy.name, policy.version, policy.source], ['test', 7, text(GOOD)]);
    assert.deepEqual(
      policy.rules.map(({ id, known, lifts, require }) => [id, known, lifts, require.text]),
      [['good', 'proven', true, 'device.locked']],
    );
  });

  it('keeps a document to the name that it is kept under', () => {
    assert.equal(parsePolicy(text(GOOD), { version: 1, name: 'test' }).name, 'test');
    assert.throws(() => parsePolicy(text(GOOD), { version: 1, name: 'other' }), { code: 'policy.document_invalid' });
  });

  it('places the faults of an expression inside of its text, in every style', () => {
    const rule = (require: string): string =>
      `  - id: a\n    require: ${require}\n    otherwise: { tier: none, code: policy.app_unproven }\n    why: test\n`;
    for (const [require, place] of [
      ['device.locked && nope', '7:31'],
      ['"device.locked && nope"', '7:32'],
      ['\'platform == "ios" && nope\'', '7:36'],
      ['"platform == \\"ios\\" && nope"', '7:38'],
      ['>-\n      device.locked\n      && nope', '9:10'],
      ['|\n      device.locked\n        && nope', '9:12'],
      ['device.locked\n      && nope', '8:10'],
    ] as const) {
      assert.deepEqual(places(text(rule(require))), [place], require);
    }
  });

  it('reports everything at once: members, expressions and their places', () => {
    const source = text(
      `  - id: A
    require: device.lockd
    otherwise: { tier: bad, code: policy.nope }
    why: test
  - id: b
    when: platform == "iso"
    require: 1 + 1
    otherwise: { tier: none, code: policy.app_unproven }
    wy: test
`,
      'lists: { keys: [] }',
    );
    assert.deepEqual(
      faultsOf(source).map(({ path, line }) => `${path} ${line}`),
      [
        '$.lists.keys 4',
        '$.rules[0].id 6',
        '$.rules[0].require 7',
        '$.rules[0].otherwise.tier 8',
        '$.rules[0].otherwise.code 8',
        '$.rules[1].why 10',
        '$.rules[1].when 11',
        '$.rules[1].require 12',
        '$.rules[1].wy 14',
      ],
    );
  });

  it('demands a rule that proof alone can hold', () => {
    for (const rule of [
      { require: 'device.locked', known: 'claimed' },
      { require: 'device.locked', when: 'platform == "ios"' },
      { require: '!has(device.locked) || device.locked' },
      { require: '!("root" in raised)' },
    ] as const) {
      assert.deepEqual(
        faultsOf(documentOf([rule])).map(({ path }) => path),
        ['$.rules'],
        rule.require,
      );
      assert.equal(faultsOf(documentOf([rule, { require: 'has(app.id)' }])).length, 0);
    }
  });

  it('knows the lists of the document, and only those', () => {
    const lists = { keys: ['aa'] };
    assert.deepEqual(faultsOf(documentOf([{ require: 'device.bootKey in lists.keys' }], { lists })), []);
    assert.equal(faultsOf(documentOf([{ require: 'device.bootKey in lists.kyes' }], { lists })).length, 1);
    assert.equal(faultsOf(documentOf([{ require: 'device.bootKey in lists.keys' }])).length, 1);
  });

  it('takes lists under names that every object has, and names of the language for none', () => {
    const source = (name: string) =>
      documentOf([{ require: `device.model in lists.${name}` }], { lists: { [name]: ['x'] } });
    for (const name of ['constructor', 'size', 'proto']) assert.deepEqual(faultsOf(source(name)), []);
    for (const name of ['in', 'true', 'null'])
      assert.deepEqual(
        faultsOf(source(name)).map(({ path }) => path),
        ['$.rules[0].require'],
      );
  });

  it('takes Windows line ends and a byte order mark, and counts past them', () => {
    const windows = `\ufeff${text(GOOD).replaceAll('\n', '\r\n')}`;
    assert.deepEqual(faultsOf(windows), []);
    assert.deepEqual(places(windows.replace('device.locked', 'device.nope')), ['7:14']);
  });

  it('reads JSON as well', () => assert.equal(policyOf([{ require: 'device.locked' }]).rules.length, 1));

  it('refuses with an error of configuration whatever a text is made of', () => {
    const lines = strictSource().split('\n');
    const odd = fc.constantFrom(
      ...['', '  - {}', ' : ', 'rules: []', '\t', '&a *a', '!!map', '"', '  - id: x', '💥', '\u0000', '#'],
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(3), odd, (at, gone, line) => {
        const source = lines.toSpliced(at, gone, line).join('\n');
        try {
          parsePolicy(source, { version: 1 });
        } catch (error) {
          assert.ok(error instanceof ConfigError && error.code === 'policy.document_invalid', String(error));
        }
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});
