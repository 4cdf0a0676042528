import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { parsePolicy, STRICT_POLICY } from '@assay/policy';
import fc from 'fast-check';

const condition = { fact: 'platform', require: { equals: 'ios' } };
const rule = {
  id: 'a',
  fact: 'key.attestedLevel',
  require: { in: ['tee'] },
  known: 'proven',
  onFail: { tier: 'warning', code: 'policy.requirement_unmet' },
  why: 'because',
};
const policy = { name: 'p', version: 1, rules: [rule], assurance: [{ level: 'low', when: [condition] }] };
const withRule = (change: object) => ({ ...policy, rules: [{ ...rule, ...change }] });
const about = (fact: string, require: object) => withRule({ fact, require });

const rows: readonly [string, unknown, string][] = [
  ['no object', [], '$'],
  ['an unknown member', { ...policy, extra: 1 }, '$.extra'],
  ['no rules', { ...policy, rules: [] }, '$.rules'],
  ['no assurance rows', { ...policy, assurance: [] }, '$.assurance'],
  [
    'an assurance row without conditions',
    { ...policy, assurance: [{ level: 'high', when: [] }] },
    '$.assurance[0].when',
  ],
  ['assurance none as a row', { ...policy, assurance: [{ level: 'none', when: [condition] }] }, '$.assurance[0].level'],
  ['version zero', { ...policy, version: 0 }, '$.version'],
  ['a name with spaces', { ...policy, name: 'a b' }, '$.name'],
  ['an unknown fact', about('device.imei', { present: true }), '$.rules[0].fact'],
  ['an inherited name as fact', about('constructor', { present: true }), '$.rules[0].fact'],
  ['an unknown kind', about('device.locked', { is: true }), '$.rules[0].require.is'],
  ['an inherited name as kind', about('device.locked', { toString: true }), '$.rules[0].require.toString'],
  ['a requirement that asks nothing', about('device.locked', {}), '$.rules[0].require'],
  ['text for a boolean', about('device.locked', { equals: 'true' }), '$.rules[0].require.equals'],
  ['a value the choice does not have', about('key.attestedLevel', { in: ['tee', 'TEE'] }), '$.rules[0].require.in[1]'],
  ['an order on a choice', about('key.attestedLevel', { atLeast: 'tee' }), '$.rules[0].require.atLeast'],
  ['a list test on a choice', about('key.attestedLevel', { includes: ['tee'] }), '$.rules[0].require.includes'],
  ['text for a number', about('chain.certificatesIssued', { atMost: '64' }), '$.rules[0].require.atMost'],
  ['a date in another form', about('device.osPatch', { atLeast: '202601' }), '$.rules[0].require.atLeast'],
  ['a version with letters', about('app.version', { atLeast: '4.2b' }), '$.rules[0].require.atLeast'],
  ['text in a list of numbers', about('key.purposes', { includes: ['2'] }), '$.rules[0].require.includes[0]'],
  ['an empty list', about('key.purposes', { includes: [] }), '$.rules[0].require.includes'],
  ['present: false', about('app.id', { present: false }), '$.rules[0].require.present'],
  ['a fact compared with itself', about('app.id', { sameAs: 'app.id' }), '$.rules[0].require.sameAs'],
  ['facts of two types compared', about('app.id', { sameAs: 'device.locked' }), '$.rules[0].require.sameAs'],
  ['signals as proof', about('signals', { notRaised: ['hooks'] }), '$.rules[0].known'],
  [
    'signals as a condition',
    withRule({ when: [{ fact: 'signals', require: { notRaised: ['x'] } }] }),
    '$.rules[0].when[0].fact',
  ],
  ['an unregistered code', withRule({ onFail: { tier: 'warning', code: 'policy.typo' } }), '$.rules[0].onFail.code'],
  ['a failure that affirms', withRule({ onFail: { ...rule.onFail, tier: 'affirming' } }), '$.rules[0].onFail.tier'],
  ['a rule without known', withRule({ known: undefined }), '$.rules[0].known'],
  ['empty conditions', withRule({ when: [] }), '$.rules[0].when'],
  ['only conditional rules', withRule({ when: [condition] }), '$.rules'],
  ['only claims', withRule({ known: 'claimed' }), '$.rules'],
  ['only facts that may be absent', withRule({ whenAbsent: 'passes' }), '$.rules'],
  ['two rules with one id', { ...policy, rules: [rule, rule] }, '$.rules[1].id'],
];

describe('policy documents', () => {
  it('reads a good one unchanged', () => {
    const whole = { ...policy, rules: [rule, { ...rule, id: 'b', when: [condition], whenAbsent: 'passes' }] };
    assert.deepEqual(parsePolicy(whole), whole);
  });

  it('reads what it gave', () =>
    assert.deepEqual(parsePolicy(JSON.parse(JSON.stringify(STRICT_POLICY))), STRICT_POLICY));

  for (const [name, json, path] of rows) {
    it(`refuses ${name}, naming ${path}`, () => {
      assert.throws(
        () => parsePolicy(json),
        (error) =>
          error instanceof ConfigError && error.code === 'policy.document_invalid' && error.detail.found === path,
      );
    });
  }

  it('names every fault at once', () => {
    assert.throws(
      () => parsePolicy({ ...withRule({ known: 'x', why: '' }), version: 'one' }),
      /\$\.version.*known.*why/,
    );
  });

  it('gives a policy or a coded error for any JSON', () => {
    const members = fc.constantFrom(
      'name',
      'version',
      'rules',
      'assurance',
      'when',
      'fact',
      'require',
      'in',
      '__proto__',
    );
    const any = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(members, fc.jsonValue()),
      fc.jsonValue().map((value) => withRule({ require: value, when: value })),
    );
    fc.assert(
      fc.property(any, (json) => {
        try {
          parsePolicy(json);
        } catch (error) {
          assert.ok(error instanceof ConfigError);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
