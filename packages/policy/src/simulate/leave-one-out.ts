import { type AppraisedFacts, isPassing } from '@assay/core';
import { evaluatePolicy } from '../evaluate.ts';
import type { Policy } from '../policy.ts';
import { type Ceiling, capped, type Judgement } from './judge.ts';
import { type Count, createTally, type Tally } from './tally.ts';

/** What one rule does by itself. */
export interface RuleEffect {
  readonly rule: string;
  /** Refused, and this rule failed. */
  readonly refused: Count;
  /** Refused, and let in if this rule alone were gone. */
  readonly alone: Count;
}

export interface LeaveOneOut {
  add(row: AppraisedFacts, judgement: Judgement, lineage: number): void;
  effects(): readonly RuleEffect[];
}

const INSTALLS = 4_096;

interface Effect {
  readonly without: Policy;
  readonly refused: Tally;
  readonly alone: Tally;
}

/**
 * A refusal names the rules that refuse. Where it is one alone, the same facts are judged once more without it:
 * the policy may still give no assurance, or have nothing left that lifts a verdict.
 */
export function createLeaveOneOut(policy: Policy, at: number | 'then', ceiling: Ceiling): LeaveOneOut {
  const effects = new Map<string, Effect>(policy.rules.map(({ id }) => [id, effectOf(policy, id)]));
  return {
    add: (row, { refusedBy }, lineage) => {
      for (const rule of refusedBy) effects.get(rule)?.refused.add(lineage);
      const [only, ...others] = refusedBy;
      const effect = only !== undefined && others.length === 0 ? effects.get(only) : undefined;
      if (effect !== undefined && isLetIn(effect.without, row, at, ceiling)) effect.alone.add(lineage);
    },
    effects: () =>
      [...effects].map(([rule, { refused, alone }]) => ({ rule, refused: refused.count(), alone: alone.count() })),
  };
}

function effectOf(policy: Policy, id: string): Effect {
  const without = { ...policy, rules: policy.rules.filter((rule) => rule.id !== id) };
  return { without, refused: createTally(INSTALLS), alone: createTally(INSTALLS) };
}

function isLetIn(policy: Policy, row: AppraisedFacts, at: number | 'then', ceiling: Ceiling): boolean {
  const verdict = evaluatePolicy(policy, row.facts, { at: at === 'then' ? row.at : at, trace: false });
  return isPassing(capped(verdict, ceiling(row.facts.evidence)));
}
