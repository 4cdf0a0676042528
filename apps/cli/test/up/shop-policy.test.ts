import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deadRules, parsePolicy, testPolicy } from '@assay/policy';
import { SHOP } from '../../src/up/demo-app.ts';
import { SHOP_POLICY } from '../../src/up/shop-policy.ts';

describe("the policy of the demo's shop", () => {
  const policy = parsePolicy(SHOP_POLICY, { version: 1 });

  it('bears the name that the app is registered with', () => {
    assert.equal(policy.name, SHOP.policy);
  });

  it('holds its own examples, and no rule that can never fire', () => {
    const results = testPolicy(policy);
    assert.deepEqual(
      results.filter(({ passed }) => !passed),
      [],
    );
    assert.ok(results.length >= 4);
    assert.deepEqual(deadRules(policy), []);
  });
});
