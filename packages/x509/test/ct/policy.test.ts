import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APPLE_CT_POLICY, CHROME_CT_POLICY } from '@assay/x509';

describe('policies', () => {
  for (const policy of [CHROME_CT_POLICY, APPLE_CT_POLICY]) {
    it(`${policy.id} has no way that nothing satisfies, and lifetimes in order`, () => {
      assert.ok(policy.ways.length > 0);
      for (const { current, rfc6962, lifetimes } of policy.ways) {
        assert.ok(current > 0 && rfc6962 > 0);
        const days = lifetimes.map(({ maxDays }) => maxDays);
        assert.deepEqual(
          days,
          days.toSorted((a, b) => a - b),
        );
        for (const { scts, perOperator } of lifetimes) assert.ok(scts >= 2 && perOperator >= 1);
      }
    });

    it(`${policy.id} says where it is from`, () => {
      assert.match(policy.source, /^https:/);
      assert.match(policy.date, /^\d{4}-\d{2}-\d{2}$/);
      assert.deepEqual(
        policy.approved.filter((state) => ['pending', 'retired', 'rejected'].includes(state)),
        [],
      );
    });
  }
});
