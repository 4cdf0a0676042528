import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ASSURANCES, type Assurance, type Tier, type Verdict } from '@assay/core';
import { type DeliveryRule, mayDeliver } from '@assay/secrets';

const rule: DeliveryRule = { minimum: 'substantial', onWarning: false, maxPerDay: 10, lifetime: 900 };
const verdict = (tier: Tier, assurance: Assurance): Verdict => ({
  tier,
  assurance,
  reasons: [],
  policy: 'p@1',
  trace: [],
});
const TIERS: readonly Tier[] = ['affirming', 'warning', 'contraindicated', 'none'];

describe('delivery rule', () => {
  it('delivers to exactly the verdicts that it names', () => {
    const delivered = (given: DeliveryRule) =>
      TIERS.flatMap((tier) =>
        ASSURANCES.filter((assurance) => mayDeliver(given, verdict(tier, assurance))).map(
          (assurance) => `${tier} ${assurance}`,
        ),
      );
    assert.deepEqual(delivered(rule), ['affirming substantial', 'affirming high']);
    assert.deepEqual(delivered({ ...rule, minimum: 'high', onWarning: true }), ['affirming high', 'warning high']);
    assert.deepEqual(delivered({ ...rule, minimum: 'low' }), [
      'affirming low',
      'affirming substantial',
      'affirming high',
    ]);
  });
});
