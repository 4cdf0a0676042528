import { isAtLeast } from '@assay/core';
import type { Text } from '../cel/check.ts';
import type { AssuranceRow, BanRule, Policy, Rule } from '../policy.ts';
import { impliesFalse, impliesTrue, type Stated } from './implies.ts';
import { type Trees, treesOf } from './trees.ts';

/** One side of a comparison. */
export interface Side {
  readonly policy: Policy;
  readonly stated: (expression: Text) => Stated;
}

export function sideOf(policy: Policy): Side {
  const trees: Trees = treesOf(policy);
  return { policy, stated: (expression) => ({ tree: trees(expression), lists: policy.lists }) };
}

/** How much a failure does: a warning is let in. */
const severityOf = ({ otherwise }: Rule): number => (otherwise.tier === 'warning' ? 1 : 2);

/** Whether `strong` refuses, in its policy, whatever `weak` refuses in its own. Shown by their texts, or false. */
export function coversRule(strong: Rule, weak: Rule, [left, right]: readonly [Side, Side]): boolean {
  const applies =
    strong.when === undefined ||
    // It rests only where its condition is false: there the other's must be false too.
    (weak.when !== undefined && impliesFalse(left.stated(strong.when), right.stated(weak.when)));
  const sees = strong.known === 'proven' || weak.known === 'claimed';
  const demands = impliesTrue(left.stated(strong.require), right.stated(weak.require));
  return applies && sees && demands && severityOf(strong) >= severityOf(weak);
}

/** Whether `wide` grants, in its policy, at least what `narrow` grants in its own. */
export function coversRow(wide: AssuranceRow, narrow: AssuranceRow, [left, right]: readonly [Side, Side]): boolean {
  return isAtLeast(wide.level, narrow.level) && impliesTrue(right.stated(narrow.when), left.stated(wide.when));
}

/** Whether `strong` bans, for at least as long, whatever `weak` bans. */
export function coversBan(strong: BanRule, weak: BanRule, [left, right]: readonly [Side, Side]): boolean {
  const sees = strong.known === 'claimed' || weak.known === 'proven';
  const holds = impliesTrue(right.stated(weak.when), left.stated(strong.when));
  return sees && holds && strong.target === weak.target && strong.durationMs >= weak.durationMs;
}
