import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, type Fact, proven, type Threats } from '@assay/core';
import fc from 'fast-check';
import { mergeThreats } from '../../src/signals/index.ts';

const root = (fact: Fact<boolean>): Threats => ({ root: fact });

describe('mergeThreats', () => {
  it('lets proof outrank hints, whichever they say', () => {
    const hint = root(claimed(true, 'freerasp'));
    assert.deepEqual(mergeThreats(hint, root(proven(false, 'android-key'))), root(proven(false, 'android-key')));
    const clean = root(claimed(false, 'freerasp'));
    assert.deepEqual(mergeThreats(root(proven(true, 'android-key')), clean), root(proven(true, 'android-key')));
  });

  it('lets the raised one of two proofs count', () => {
    const merged = mergeThreats(root(proven(false, 'play-integrity')), root(proven(true, 'android-key')));
    assert.deepEqual(merged, root(proven(true, 'android-key')));
  });

  it('leaves out what nobody said', () => {
    assert.deepEqual(mergeThreats(root(ABSENT), {}), {});
    assert.deepEqual(mergeThreats(), {});
  });

  it('is the same in any order and any grouping', () => {
    const someFact = fc.record(
      {
        known: fc.constantFrom('proven' as const, 'claimed' as const),
        value: fc.boolean(),
        by: fc.constantFrom('freerasp', 'jail-monkey', 'android-key'),
      },
      { noNullPrototype: true },
    );
    const someThreats = fc.record({ root: someFact, hooks: someFact }, { requiredKeys: [], noNullPrototype: true });
    fc.assert(
      fc.property(someThreats, someThreats, someThreats, (a, b, c) => {
        assert.deepEqual(mergeThreats(a, b, c), mergeThreats(c, b, a));
        assert.deepEqual(mergeThreats(mergeThreats(a, b), c), mergeThreats(a, mergeThreats(b, c)));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
