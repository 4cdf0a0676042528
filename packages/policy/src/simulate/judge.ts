import { type AppraisedFacts, type Assurance, isPassing, type RuleTrace, type Tier, type Verdict } from '@assay/core';
import { evaluatePolicy } from '../evaluate.ts';
import type { Policy } from '../policy.ts';

/** What one side of a simulation says of an appraisal. */
export interface Judgement {
  readonly tier: Tier;
  readonly assurance: Assurance;
  readonly reasons: readonly string[];
  readonly passes: boolean;
  /** The rules that failed, with a tier that does not pass. Asked for only where it is needed: a trace costs more than a verdict. */
  readonly refusedBy: () => readonly RuleTrace[];
}

export type Judge = (row: AppraisedFacts) => Judgement;

/** Judges by a policy, at the time of the appraisal or at one fixed time. */
export function judgeBy(policy: Policy, at: number | 'then'): Judge {
  const blocking = new Set(policy.rules.filter(({ otherwise }) => otherwise.tier !== 'warning').map(({ id }) => id));
  return (row) => {
    const time = at === 'then' ? row.at : at;
    const verdict = evaluatePolicy(policy, row.facts, { at: time, trace: false });
    const trace = once(() => evaluatePolicy(policy, row.facts, { at: time, trace: true }).trace);
    const refusedBy = () => trace().filter(({ rule, outcome }) => outcome === 'failed' && blocking.has(rule));
    return { ...outcomeOf(verdict), refusedBy };
  };
}

/** The verdict as it was given, whatever orders and roll-out made of it. */
export const judgeAsRecorded: Judge = ({ verdict }) => ({
  ...outcomeOf(verdict),
  refusedBy: () => verdict.trace.filter(({ outcome }) => outcome === 'failed'),
});

function outcomeOf(verdict: Verdict): Omit<Judgement, 'refusedBy'> {
  const { tier, assurance, reasons } = verdict;
  return { tier, assurance, reasons, passes: isPassing(verdict) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
