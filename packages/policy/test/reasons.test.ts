import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { POLICY_REASONS, STRICT_POLICY } from '@assay/policy';

describe('reason codes', () => {
  it('join a registry, each with a class and a next step', () => {
    for (const reason of joinReasons([POLICY_REASONS]).values()) {
      assert.match(reason.code, /^policy\.[a-z_]+$/);
      assert.ok(reason.summary.endsWith('.') && reason.hint.length > 0, reason.code);
    }
  });

  it('of rules are verdicts, never faults', () => {
    const codes: readonly string[] = STRICT_POLICY.rules.map(({ otherwise }) => otherwise.code);
    for (const reason of Object.values(POLICY_REASONS)) {
      if (codes.includes(reason.code)) assert.equal(reason.family, 'policy');
    }
  });
});
