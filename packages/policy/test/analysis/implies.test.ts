import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import fc from 'fast-check';
import { impliesFalse, impliesTrue, type Stated } from '../../src/analysis/implies.ts';
import { ask } from '../../src/ask.ts';
import { createSourceEnvironment } from '../../src/cel/environment.ts';
import { createCompiler } from '../../src/cel/expression.ts';
import { FALSE, TRUE, type Truth } from '../../src/cel/node.ts';

const LISTS = { keys: ['a', 'b'] };
const environment = createSourceEnvironment(['keys']);
const stated = (source: string, lists: Stated['lists'] = LISTS): Stated => ({
  tree: environment.parse(source).ast,
  lists,
});

describe('implication', () => {
  it('is shown by the logic and by constants of one fact', () => {
    for (const [left, right] of [
      ['device.locked', 'device.locked'],
      ['device.locked && device.sdk > 3', 'device.locked'],
      ['device.locked', 'device.locked || device.sdk > 3'],
      ['platform == "ios"', 'platform in ["ios", "web"]'],
      ['platform in ["ios"]', 'platform == "ios"'],
      ['device.bootKey == "a"', 'device.bootKey in lists.keys'],
      ['device.sdk >= 33', 'device.sdk >= 30'],
      ['daysSince(device.osPatch, now) <= 30', 'daysSince(device.osPatch, now) <= 90'],
      ['size(app.signers) >= 2', 'size(app.signers) >= 1'],
      ['versionAtLeast(app.version, "4.10")', 'versionAtLeast(app.version, "4.9")'],
      ['!(platform in ["ios", "web"])', '!(platform == "ios")'],
      ['!device.locked && !has(app.id)', '!(device.locked || has(app.id))'],
      ['!(device.locked || has(app.id))', '!device.locked && !has(app.id)'],
    ] as const) {
      assert.equal(impliesTrue(stated(left), stated(right)), true, `${left} => ${right}`);
    }
  });

  it('is not shown where it does not hold, or where nothing shows it', () => {
    for (const [left, right] of [
      ['device.locked || device.sdk > 3', 'device.locked'],
      ['platform in ["ios", "web"]', 'platform == "ios"'],
      ['device.sdk >= 30', 'device.sdk >= 33'],
      ['device.sdk >= 30', 'device.sdk <= 33'],
      ['app.id == "a"', 'device.bootKey in lists.keys'],
      ['versionAtLeast(app.version, "4.9")', 'versionAtLeast(app.version, "4.10")'],
      ['!(platform == "ios")', '!(platform in ["ios", "web"])'],
      ['platform != "ios"', 'platform == "web"'],
    ] as const) {
      assert.equal(impliesTrue(stated(left), stated(right)), false, `${left} => ${right}`);
    }
  });

  it('looks into the lists of both sides', () => {
    const member = 'device.bootKey in lists.keys';
    assert.equal(impliesTrue(stated(member), stated(member, { keys: ['c', 'b', 'a'] })), true);
    assert.equal(impliesTrue(stated(member), stated(member, { keys: ['a'] })), false);
    assert.equal(impliesFalse(stated(member), stated(member, { keys: ['a'] })), true);
    const any = 'lists.keys.exists(k, k == app.id)';
    assert.equal(impliesTrue(stated(any), stated(any)), true);
    assert.equal(impliesTrue(stated(any), stated(any, { keys: ['a', 'b', 'c'] })), false);
  });

  const atoms = fc.constantFrom(
    ...['device.locked', 'platform == "ios"', 'platform in ["ios", "web"]', 'device.sdk >= 30', 'device.sdk >= 33'],
    ...['device.sdk <= 31', 'device.bootKey in lists.keys', 'device.bootKey == "a"', 'has(app.id)'],
  );
  const { formula } = fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 2 },
      atoms,
      tie('formula').map((each) => `!(${each})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) && (${right})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) || (${right})`),
    ),
  }));
  const values = fc.record({
    device_locked: fc.constantFrom(true, false, undefined),
    platform: fc.constantFrom('ios', 'android', undefined),
    device_sdk: fc.constantFrom(29n, 30n, 31n, 32n, 33n, undefined),
    device_bootKey: fc.constantFrom('a', 'b', 'c', undefined),
  });
  const compiler = createCompiler(['keys']);

  function truthOf(source: string, known: Record<string, unknown>): Truth {
    const compiled = compiler.question(source);
    assert.ok('expression' in compiled);
    const view = { facts: noFacts(), sight: 'proven' as const, results: new Uint8Array(10_000), fault: undefined };
    return ask({ ...view, values: { lists_keys: LISTS.keys, ...known } }, compiled.expression.root);
  }

  it('holds on all facts wherever it is shown', () => {
    fc.assert(
      fc.property(formula, formula, fc.array(values, { minLength: 12, maxLength: 12 }), (left, right, all) => {
        const [yes, no] = [impliesTrue(stated(left), stated(right)), impliesFalse(stated(left), stated(right))];
        for (const known of yes || no ? all : []) {
          const [one, other] = [truthOf(left, known), truthOf(right, known)];
          if (yes && one === TRUE) assert.equal(other, TRUE, `${left} => ${right}`);
          if (no && one === FALSE) assert.equal(other, FALSE, `${left} <= ${right}`);
        }
      }),
      { seed: 13, numRuns: 1500 },
    );
  });
});
