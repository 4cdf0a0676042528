import { type Admission, type Facts, isAtLeast, isPassing, type Order, type Verdict } from '@assay/core';
import { assuranceCeiling } from '@assay/evidence';
import { evaluatePolicy, type Policy } from '@assay/policy';
import type { Rollout } from '../registry/documents.ts';

/** What may let through, or stop, an instance beside its policy. */
export interface Circumstances {
  /** Orders in force that name the instance, of every effect. */
  readonly orders: readonly Order[];
  readonly rollout: Rollout;
  /** Where the instance stands among all of the app, from 0 up to 100. */
  readonly share: number;
}

/**
 * What a policy says of completed facts, and of that no more than the kinds of evidence can carry. A pure function of its
 * arguments: a stored decision is made again by it.
 *
 * @throws ConfigError `policy.evaluation_failed`: never a refusal of the device
 */
export function judge(policy: Policy, facts: Facts, at: number, trace = true): Verdict {
  const verdict = evaluatePolicy(policy, facts, { at, trace });
  const assurance = assuranceCeiling(facts.evidence);
  if (isAtLeast(assurance, verdict.assurance)) return verdict;
  const reasons = assurance === 'none' ? [...verdict.reasons, 'policy.assurance_none'] : verdict.reasons;
  return { ...verdict, assurance, reasons };
}

/**
 * What becomes of a policy's verdict: a ban stops the instance at every stage of a roll-out; a pass, a policy that rests and a
 * stage that does not refuse yet let it through, with its verdict as it is.
 */
export function conclude(verdict: Verdict, circumstances: Circumstances): Verdict {
  if (isBanned(circumstances.orders)) return banned(verdict);
  const admitted = isPassing(verdict) ? undefined : admissionOf(circumstances);
  return admitted === undefined ? verdict : { ...verdict, admitted };
}

/** A pass names one install: it outranks bans of whole groups, and no ban of that very install. */
export function isBanned(orders: readonly Order[]): boolean {
  const bans = orders.filter(({ effect }) => effect === 'ban');
  const isPassed = orders.some(({ effect, target }) => effect === 'pass' && target === 'lineage');
  return bans.some(({ target }) => target === 'lineage' || !isPassed);
}

/** @returns a verdict that nothing lets through, the ban as its first reason */
export function banned({ admitted: _, ...verdict }: Verdict): Verdict {
  const reasons = ['service.banned', ...verdict.reasons.filter((reason) => reason !== 'service.banned')];
  return { ...verdict, tier: 'contraindicated', assurance: 'none', reasons };
}

function admissionOf({ orders, rollout: { stage, percent = 100 }, share }: Circumstances): Admission | undefined {
  const has = (effect: Order['effect']) => orders.some((order) => order.effect === effect);
  if (has('pass')) return 'forced_pass';
  if (has('enforce_off')) return 'enforce_off';
  if (stage !== 'enforce') return stage;
  return share < percent ? undefined : 'unsampled';
}
