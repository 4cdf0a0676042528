import type { Facts } from '@assay/core';
import { TRUE } from './cel/node.ts';
import type { BanRule, Policy } from './policy.ts';
import { question, sightsOf } from './sights.ts';

/** A ban that the policy orders for what these facts show. */
export interface AutomaticBan {
  readonly rule: string;
  readonly target: BanRule['target'];
  readonly durationMs: number;
  readonly reason: string;
}

/**
 * The bans whose condition holds; what is unknown bans nobody.
 *
 * @throws ConfigError `policy.evaluation_failed`
 */
export function automaticBans(policy: Policy, facts: Facts, at: number): readonly AutomaticBan[] {
  if (policy.bans.length === 0) return [];
  const sights = sightsOf(policy, facts, at);
  return policy.bans
    .filter(({ when, known }) => question(sights[known], when.root) === TRUE)
    .map(({ id, target, durationMs, reason }) => ({ rule: id, target, durationMs, reason }));
}
