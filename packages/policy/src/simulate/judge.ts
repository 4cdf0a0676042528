import { type AppraisedFacts, type Assurance, isAtLeast, isPassing, type RuleTrace, type Verdict } from '@assay/core';
import { evaluate, evaluatePolicy } from '../evaluate.ts';
import type { Policy } from '../policy.ts';

/** What one side of a simulation says of an appraisal. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly passes: boolean;
  /** Ids of the rules that refuse. */
  readonly refusedBy: readonly string[];
  /** The same with what they expected and found. Asked for only where it is shown: a trace costs more than a verdict. */
  readonly traces: () => readonly RuleTrace[];
}

export type Judge = (row: AppraisedFacts) => Judgement;

/** The most that kinds of evidence can carry, whatever a policy says of their facts. */
export type Ceiling = (evidence: readonly string[]) => Assurance;

/** Judges by a policy, at the time of the appraisal or at one fixed time. */
export function judgeBy(policy: Policy, at: number | 'then', ceiling: Ceiling): Judge {
  return (row) => {
    const time = at === 'then' ? row.at : at;
    const { verdict: uncapped, failed } = evaluate(policy, row.facts, { at: time, trace: false });
    const verdict = capped(uncapped, ceiling(row.facts.evidence));
    const refusedBy = failed.filter(({ otherwise }) => otherwise.tier !== 'warning').map(({ id }) => id);
    const traces = () =>
      evaluatePolicy(policy, row.facts, { at: time }).trace.filter(({ rule }) => refusedBy.includes(rule));
    return { verdict, passes: isPassing(verdict), refusedBy, traces };
  };
}

export function capped(verdict: Verdict, most: Assurance): Verdict {
  return isAtLeast(most, verdict.assurance) ? verdict : { ...verdict, assurance: most };
}

/** The verdict as it was given, whatever orders and roll-out made of it. */
export const judgeAsRecorded: Judge = ({ verdict }) => {
  const failed = verdict.trace.filter(({ outcome }) => outcome === 'failed');
  return { verdict, passes: isPassing(verdict), refusedBy: failed.map(({ rule }) => rule), traces: () => failed };
};
