import {
  ASSURANCES,
  type Assurance,
  type Facts,
  isAtLeast,
  type RuleTrace,
  type Tier,
  type Verdict,
} from '@assay/core';
import { annotate } from './annotate.ts';
import { FALSE, TRUE } from './cel/node.ts';
import type { AssuranceRow, Outage, Policy, Rule } from './policy.ts';
import { question, type Sights, sightsOf } from './sights.ts';
import { traceOf } from './trace.ts';
import type { View } from './view.ts';

export interface EvaluateOptions {
  /** Time of the appraisal, epoch milliseconds. */
  readonly at: number;
  /** Whether the verdict says what every rule expected and found; true unless given. */
  readonly trace?: boolean;
}

/** From best to worst. Evidence against a device weighs more than no evidence. */
const WORSE: readonly Tier[] = ['affirming', 'warning', 'none', 'contraindicated'];

/**
 * Judges facts by a policy. A pure function of its arguments: the same record gives the same verdict at any time.
 *
 * The verdict begins at tier `none`, assurance `none`. Only a rule that lifts (without `when`, over proven facts, and
 * such that no silence makes it hold) raises the tier to `affirming`. Every rule that fails pulls it down to its own
 * tier, and what is unknown fails. Only a passing tier gets an assurance, and only from proven facts. So taking a proven
 * fact away never improves a verdict, but for policies that ask with has(), or for what is raised.
 *
 * @example
 * const verdict = evaluatePolicy(STRICT_POLICY, appraisal.facts, { at: clock.now() });
 * if (!isPassing(verdict)) refuse(verdict.reasons);
 * @throws ConfigError `policy.evaluation_failed` where an expression cannot be evaluated on these facts
 */
export function evaluatePolicy(policy: Policy, facts: Facts, options: EvaluateOptions): Verdict {
  return evaluate(policy, facts, options).verdict;
}

export interface Evaluation {
  readonly verdict: Verdict;
  /** The rules that failed: known without a trace too. */
  readonly failed: readonly Rule[];
}

/** What {@link evaluatePolicy} comes to, with the rules themselves. */
export function evaluate(policy: Policy, facts: Facts, { at, trace = true }: EvaluateOptions): Evaluation {
  const sights = sightsOf(policy, facts, at);
  const judged = judge(policy, sights, trace);
  const isDegraded = facts.degraded.length > 0;
  const isDenied = isDegraded && denies(policy.outage, facts.degraded);
  const tier = worst(judged, isDenied);
  const isPassingTier = tier === 'affirming' || tier === 'warning';
  const granted = isPassingTier ? highest(policy.assurance, sights.proven) : 'none';
  const assurance = isDegraded ? weaker(granted, policy.outage.assurance) : granted;
  const verdict: Verdict = {
    tier,
    assurance,
    reasons: reasonsOf(judged.failed, isDenied, isPassingTier && assurance === 'none'),
    policy: `${policy.name}@${policy.version}`,
    trace: judged.traces,
  };
  const isPlain = policy.annotations.length === 0 && !isDegraded;
  const whole = isPlain ? verdict : { ...verdict, ...extrasOf(policy, sights, facts) };
  return { verdict: whole, failed: judged.failed };
}

/** Members that most verdicts do without. */
function extrasOf(policy: Policy, sights: Sights, { degraded }: Facts): Pick<Verdict, 'annotations' | 'degraded'> {
  return {
    ...(policy.annotations.length === 0 ? {} : { annotations: annotate(policy, sights) }),
    ...(degraded.length === 0 ? {} : { degraded }),
  };
}

interface Judged {
  /** What every rule expected and found, in their order; empty where nobody asked. */
  readonly traces: readonly RuleTrace[];
  readonly failed: readonly Rule[];
  /** Whether some proof that is always demanded was there. */
  readonly isLifted: boolean;
}

function judge({ rules }: Policy, sights: Sights, isTraced: boolean): Judged {
  const traces: RuleTrace[] = [];
  const failed: Rule[] = [];
  let isLifted = false;
  for (const rule of rules) {
    const outcome = outcomeOf(rule, sights);
    if (isTraced) traces.push(traceOf(rule, outcome, sights[rule.known]));
    if (outcome === 'failed') failed.push(rule);
    else if (outcome === 'held' && rule.lifts) isLifted = true;
  }
  return { traces, failed, isLifted };
}

/** A condition looks at proven facts alone, whatever the rule itself may see. */
function outcomeOf({ when, require, known }: Rule, sights: Sights): RuleTrace['outcome'] {
  if (when !== undefined && question(sights.proven, when.root) === FALSE) return 'not_applicable';
  return question(sights[known], require.root) === TRUE ? 'held' : 'failed';
}

/** What could not be asked is a list of ours when its name begins so, else it is a vendor. */
function denies(outage: Outage, degraded: readonly string[]): boolean {
  return degraded.some((name) => outage[name.startsWith('revocation') ? 'revocation' : 'vendor'] === 'deny');
}

/** Begins at `none`: only what is lifted can be more. */
function worst({ isLifted, failed }: Judged, isDenied: boolean): Tier {
  let tier: Tier = isLifted && !isDenied ? 'affirming' : 'none';
  for (const { otherwise } of failed) if (WORSE.indexOf(otherwise.tier) > WORSE.indexOf(tier)) tier = otherwise.tier;
  return tier;
}

function highest(rows: readonly AssuranceRow[], view: View): Assurance {
  let best: Assurance = 'none';
  for (const { level, when } of rows) {
    if (!isAtLeast(best, level) && question(view, when.root) === TRUE) best = level;
  }
  return best;
}

function weaker(one: Assurance, other: Assurance): Assurance {
  return ASSURANCES.indexOf(one) < ASSURANCES.indexOf(other) ? one : other;
}

/** A verdict that does not pass always says why. */
function reasonsOf(failed: readonly Rule[], isDenied: boolean, isUnassured: boolean): readonly string[] {
  if (failed.length === 0 && !isDenied && !isUnassured) return [];
  const codes = new Set<string>(failed.map(({ otherwise }) => otherwise.code));
  if (isDenied) codes.add('policy.outage_denied');
  if (isUnassured) codes.add('policy.assurance_none');
  return [...codes];
}
