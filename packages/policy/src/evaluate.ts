import {
  type Assurance,
  ConfigError,
  type Fact,
  type Facts,
  isAtLeast,
  knownValue,
  provenValue,
  type RuleTrace,
  type Tier,
  type Verdict,
} from '@assay/core';
import { FACTS, type FactPath, type FactValue } from './facts.ts';
import type { AssuranceRow, Condition, Policy, Rule } from './policy.ts';
import { meets, toText } from './requirement.ts';

/** From best to worst. Evidence against a device weighs more than no evidence. */
const WORSE: readonly Tier[] = ['affirming', 'warning', 'none', 'contraindicated'];

/**
 * Judges facts by a policy. A pure function of its two arguments: the same record gives the same verdict at any time.
 *
 * The verdict begins at tier `none`, assurance `none`. A proven fact that meets a rule without conditions lifts the tier
 * to `affirming`: a claim, a signal that is not raised or a fact that may be absent never does. Every rule that fails
 * pulls it down to its own tier. Only a passing tier gets an assurance, and only
 * from proven facts. So taking a proven fact away never improves a verdict, but for rules with `whenAbsent`.
 *
 * @example
 * const verdict = evaluatePolicy(STRICT_POLICY, appraisal.facts);
 * if (!isPassing(verdict)) refuse(verdict.reasons);
 * @throws ConfigError `policy.document_invalid` for a policy without rules or assurance rows.
 */
export function evaluatePolicy(policy: Policy, facts: Facts): Verdict {
  if (policy.rules.length === 0 || policy.assurance.length === 0) {
    throw new ConfigError('policy.document_invalid', `policy ${policy.name} has no rules or no assurance rows`);
  }
  const judged = policy.rules.map((rule) => ({ rule, trace: judge(rule, facts) }));
  const failed = judged.filter(({ trace }) => trace.outcome === 'failed').map(({ rule }) => rule.onFail);
  const isLifted = policy.rules.some((rule) => lifts(rule, facts));
  const tier = worst(isLifted ? 'affirming' : 'none', failed);
  const isPassingTier = tier === 'affirming' || tier === 'warning';
  const assurance = isPassingTier ? highest(policy.assurance, facts) : 'none';
  return {
    tier,
    assurance,
    reasons: reasonsOf(failed, isPassingTier && assurance === 'none'),
    policy: `${policy.name}@${policy.version}`,
    trace: judged.map(({ trace }) => trace),
  };
}

/** Only proof lifts a verdict; whatever else lets a rule hold merely spares its failure. */
function lifts(rule: Rule, facts: Facts): boolean {
  return rule.when === undefined && rule.known === 'proven' && isShown(rule, facts);
}

/** A verdict that does not pass always says why. */
function reasonsOf(failed: readonly Rule['onFail'][], isUnassured: boolean): readonly string[] {
  const codes = new Set<string>(failed.map(({ code }) => code));
  if (isUnassured) codes.add('policy.assurance_none');
  return [...codes];
}

function worst(start: Tier, failed: readonly Rule['onFail'][]): Tier {
  return failed.reduce((tier, fail) => (WORSE.indexOf(fail.tier) > WORSE.indexOf(tier) ? fail.tier : tier), start);
}

function highest(rows: readonly AssuranceRow[], facts: Facts): Assurance {
  const granted = rows.filter((row) => row.when.length > 0 && row.when.every((each) => isShown(each, facts)));
  return granted.reduce<Assurance>((best, row) => (isAtLeast(row.level, best) ? row.level : best), 'none');
}

function judge(rule: Rule, facts: Facts): RuleTrace {
  const fact = FACTS[rule.fact].read(facts);
  const seen = {
    rule: rule.id,
    expected: `${rule.fact} ${rule.known}, ${toText(rule.require)}`,
    found: describe(rule, facts),
    known: howKnown(rule, facts),
  };
  if (rule.when?.some((condition) => isRefuted(condition, facts))) return { ...seen, outcome: 'not_applicable' };
  if (fact.known === 'absent' && rule.whenAbsent === 'passes') return { ...seen, outcome: 'held' };
  if (isMet(rule, facts, rule.known)) return { ...seen, outcome: 'held' };
  return { ...seen, outcome: 'failed', code: rule.onFail.code };
}

/** True when facts that are known well enough meet the requirement. */
function isMet({ fact, require }: Condition, facts: Facts, known: Rule['known']): boolean {
  const look = (path: FactPath): FactValue | undefined => {
    const other = FACTS[path].read(facts);
    return known === 'proven' ? provenValue(other) : knownValue(other);
  };
  const value = look(fact);
  return value !== undefined && meets(require, value, FACTS[fact].type, look);
}

const isShown = (condition: Condition, facts: Facts): boolean => isMet(condition, facts, 'proven');

/** True when every fact that the condition looks at is proven, and says otherwise. */
function isRefuted(condition: Condition, facts: Facts): boolean {
  return factsOf(condition, facts).every(({ known }) => known === 'proven') && !isShown(condition, facts);
}

function factsOf({ fact, require }: Condition, facts: Facts): Fact<FactValue>[] {
  const paths = require.sameAs === undefined ? [fact] : [fact, require.sameAs];
  return paths.map((path) => FACTS[path].read(facts));
}

function howKnown(rule: Rule, facts: Facts): RuleTrace['known'] {
  const [first, ...others] = factsOf(rule, facts).map(({ known }) => known);
  if (first === undefined || others.some((known) => known !== first)) return 'mixed';
  return first;
}

function describe(rule: Rule, facts: Facts): string {
  return factsOf(rule, facts).map(show).join(' and ');
}

function show(fact: Fact<FactValue>): string {
  if (fact.known === 'absent') return 'absent';
  if (!Array.isArray(fact.value)) return `${fact.value} (${fact.known})`;
  const parts = fact.value.map((each) =>
    typeof each === 'object' ? `${each.provider}.${each.name}=${each.value}` : each,
  );
  return `[${parts.join(', ')}] (${fact.known})`;
}
