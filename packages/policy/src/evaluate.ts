import { ASSURANCES, type Assurance, ConfigError, type Facts, isAtLeast, type Tier, type Verdict } from '@assay/core';
import { ask } from './ask.ts';
import type { ValueExpression } from './cel/expression.ts';
import { FALSE, FAULT, type Node, TRUE, type Truth, type Values } from './cel/node.ts';
import { isAbsence } from './cel/rehearse.ts';
import type { AssuranceRow, BanRule, Outage, Policy, Rule } from './policy.ts';
import { raisedThreats } from './raised.ts';
import { weightOf } from './signals/index.ts';
import { traceOf } from './trace.ts';
import { type Sight, type View, viewOf } from './view.ts';

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
export function evaluatePolicy(policy: Policy, facts: Facts, { at, trace = true }: EvaluateOptions): Verdict {
  const sights = sightsOf(policy, facts, at);
  const outcomes = policy.rules.map((rule) => outcomeOf(sights, rule));
  const failed = policy.rules.filter((_rule, index) => outcomes[index] === 'failed');
  const isLifted = policy.rules.some((rule, index) => rule.lifts && outcomes[index] === 'held');
  const denied = isDenied(policy.outage, facts.degraded);
  const tier = worst(isLifted ? 'affirming' : 'none', failed, denied);
  const isPassingTier = tier === 'affirming' || tier === 'warning';
  const granted = isPassingTier ? highest(policy.assurance, sights.proven) : 'none';
  const assurance = facts.degraded.length > 0 ? weaker(granted, policy.outage.assurance) : granted;
  const annotations = annotate(policy, sights);
  return {
    tier,
    assurance,
    reasons: reasonsOf(failed, denied, isPassingTier && assurance === 'none'),
    policy: `${policy.name}@${policy.version}`,
    trace: trace
      ? policy.rules.map((rule, index) => traceOf(rule, outcomes[index] ?? 'failed', sights[rule.known]))
      : [],
    ...(annotations === undefined ? {} : { annotations }),
    ...(facts.degraded.length === 0 ? {} : { degraded: facts.degraded }),
  };
}

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

type Sights = Readonly<Record<Sight, View>>;

/** Facts are read and converted once for each sight; most policies have one. */
function sightsOf({ program }: Policy, facts: Facts, at: number): Sights {
  const { columns, slots, lists, seesClaims, asksWeight } = program;
  const given: Values = {
    ...lists,
    raised: raisedThreats(facts),
    degraded: facts.degraded,
    now: BigInt(Math.floor(at / 1000)),
    ...(asksWeight ? { weight: BigInt(weightOf(facts.threats)) } : {}),
  };
  const proven = viewOf(facts, 'proven', columns, slots, given);
  return { proven, claimed: seesClaims ? viewOf(facts, 'claimed', columns, slots, given) : proven };
}

function question(view: View, node: Node): Truth {
  const truth = ask(view, node);
  if (truth !== FAULT) return truth;
  throw new ConfigError(
    'policy.evaluation_failed',
    'an expression of the policy cannot be evaluated on these facts',
    {
      found: view.fault?.text,
    },
    { cause: view.fault?.error },
  );
}

export type Outcome = 'held' | 'failed' | 'not_applicable';

/** A condition looks at proven facts alone, whatever the rule itself may see. */
function outcomeOf(sights: Sights, { when, require, known }: Rule): Outcome {
  if (when !== undefined && question(sights.proven, when.root) === FALSE) return 'not_applicable';
  return question(sights[known], require.root) === TRUE ? 'held' : 'failed';
}

/** What could not be asked is a list of ours when its name begins so, else it is a vendor. */
function isDenied(outage: Outage, degraded: readonly string[]): boolean {
  return degraded.some((name) => outage[name.startsWith('revocation') ? 'revocation' : 'vendor'] === 'deny');
}

function worst(start: Tier, failed: readonly Rule[], isDenied: boolean): Tier {
  const tiers = failed.map(({ otherwise }) => otherwise.tier);
  return [...tiers, ...(isDenied ? (['none'] as const) : [])].reduce<Tier>(
    (tier, each) => (WORSE.indexOf(each) > WORSE.indexOf(tier) ? each : tier),
    start,
  );
}

function highest(rows: readonly AssuranceRow[], view: View): Assurance {
  return rows.reduce<Assurance>(
    (best, { level, when }) => (!isAtLeast(best, level) && question(view, when.root) === TRUE ? level : best),
    'none',
  );
}

function weaker(one: Assurance, other: Assurance): Assurance {
  return ASSURANCES.indexOf(one) < ASSURANCES.indexOf(other) ? one : other;
}

/** A verdict that does not pass always says why. */
function reasonsOf(failed: readonly Rule[], isDenied: boolean, isUnassured: boolean): readonly string[] {
  const codes = new Set<string>(failed.map(({ otherwise }) => otherwise.code));
  if (isDenied) codes.add('policy.outage_denied');
  if (isUnassured) codes.add('policy.assurance_none');
  return [...codes];
}

const MAX_ANNOTATION = 256;

/** What is not known is not written: an annotation never makes up a value. */
function annotate({ annotations }: Policy, sights: Sights): Verdict['annotations'] {
  if (annotations.length === 0) return undefined;
  const made: Record<string, string | number | boolean> = {};
  for (const { name, value, when, known } of annotations) {
    const view = sights[known];
    if (when !== undefined && question(view, when.root) !== TRUE) continue;
    const read = readValue(view, value);
    if (read !== undefined) made[name] = read;
  }
  return made;
}

function readValue({ values }: View, { needs, run }: ValueExpression): string | number | boolean | undefined {
  if (needs.some((name) => values[name] === undefined)) return undefined;
  try {
    const value = run(values);
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'string') return value.length <= MAX_ANNOTATION ? value : undefined;
    return typeof value === 'boolean' ? value : undefined;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw new ConfigError(
      'policy.evaluation_failed',
      'an annotation cannot be read from these facts',
      {},
      { cause: error },
    );
  }
}
