import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ASSURANCES, isAtLeast, isPassing, type Tier, toAcr, type Verdict } from '@assay/core';

const verdict = (tier: Tier, assurance: Verdict['assurance']): Verdict => ({
  tier,
  assurance,
  reasons: [],
  policy: 't@1',
  trace: [],
});

it('orders assurance levels', () => {
  for (const [rank, level] of ASSURANCES.entries()) {
    assert.deepEqual(
      ASSURANCES.map((required) => isAtLeast(level, required)),
      ASSURANCES.map((_, other) => rank >= other),
    );
  }
});

it('passes only affirming and warning verdicts with some assurance', () => {
  assert.ok(isPassing(verdict('affirming', 'high')));
  assert.ok(isPassing(verdict('warning', 'low')));
  assert.ok(!isPassing(verdict('affirming', 'none')));
  assert.ok(!isPassing(verdict('contraindicated', 'high')));
  assert.ok(!isPassing(verdict('none', 'high')));
});

it('spells an acr', () => {
  assert.equal(toAcr('substantial'), 'urn:assay:app:substantial');
});
