import { type Facts, noFacts, proven } from '@assay/core';
import { ask } from '../ask.ts';
import type { Expression } from '../cel/expression.ts';
import { FALSE, TRUE } from '../cel/node.ts';
import { EXAMPLE_TIME } from '../examples/devices.ts';
import { withFact } from '../examples/facts.ts';
import { isFactPath } from '../facts.ts';
import type { Policy } from '../policy.ts';
import { type Settings, type View, viewOf } from '../view.ts';
import { mentionsIn } from './domains.ts';
import { type Trees, treesOf } from './trees.ts';
import { type Domain, domainOf } from './values.ts';

/** A rule that does nothing, or nothing but refuse. */
export interface DeadRule {
  /** Id of the rule; `assurance[1]`, `annotations.channel` and `bans.leaked` for the other expressions. */
  readonly rule: string;
  readonly fault: 'never_applies' | 'never_fails' | 'never_holds';
  /** `unknown`: nothing was found that speaks against it, and not everything could be tried. */
  readonly certainty: 'certain' | 'unknown';
  readonly because: string;
}

/** Combinations of values that are tried for one rule. */
const MAX_TRIED = 4096;

const BECAUSE: Readonly<Record<DeadRule['fault'], string>> = {
  never_applies: 'no facts make its `when` true',
  never_fails: 'no facts make it fail, not even absent ones',
  never_holds: 'no facts make its expression true',
};

/**
 * Rules that can never fire, and those that can never hold: each is tried on one value of every kind that its constants
 * tell apart. What is reported as certain is so for facts that are independent of each other, and so for all.
 */
export function deadRules(policy: Policy): readonly DeadRule[] {
  const trees = treesOf(policy);
  const rules = policy.rules.map(({ id, when, require }) => examine(policy, trees, id, { when, require }));
  const others = conditionsOf(policy).map(({ rule, when }) =>
    examine(policy, trees, rule, { when: undefined, require: when }),
  );
  return [...rules.flat(), ...others.flat().filter(({ fault }) => fault === 'never_holds')];
}

function conditionsOf({ assurance, annotations, bans }: Policy): readonly { rule: string; when: Expression }[] {
  return [
    ...assurance.map(({ when }, index) => ({ rule: `assurance[${index}]`, when })),
    ...annotations.flatMap(({ name, when }) => (when === undefined ? [] : [{ rule: `annotations.${name}`, when }])),
    ...bans.map(({ id, when }) => ({ rule: `bans.${id}`, when })),
  ];
}

interface Parts {
  readonly when: Expression | undefined;
  readonly require: Expression;
}

interface Seen {
  applies: boolean;
  holds: boolean;
  fails: boolean;
}

function examine(policy: Policy, trees: Trees, rule: string, parts: Parts): readonly DeadRule[] {
  const expressions = parts.when === undefined ? [parts.require] : [parts.when, parts.require];
  const domains = [...mentionsIn(expressions.map(trees), policy.lists)].map(([path, each]) => domainOf(path, each));
  const seen = trial(policy, parts, domains);
  const certainty = domains.every(({ isExact }) => isExact) && sizeOf(domains) <= MAX_TRIED ? 'certain' : 'unknown';
  const report = (fault: DeadRule['fault']): DeadRule => ({ rule, fault, certainty, because: BECAUSE[fault] });
  if (!seen.applies) return [report('never_applies')];
  return [...(seen.holds ? [] : [report('never_holds')]), ...(seen.fails ? [] : [report('never_fails')])];
}

const sizeOf = (domains: readonly Domain[]): number => domains.reduce((size, { values }) => size * values.length, 1);

/** Stops as soon as everything was seen. Of too many combinations some from all over are tried. */
function trial(policy: Policy, { when, require }: Parts, domains: readonly Domain[]): Seen {
  const seen: Seen = { applies: false, holds: false, fails: false };
  const size = sizeOf(domains);
  const step = Math.max(1, size / MAX_TRIED);
  for (let at = 0; at < size && !(seen.applies && seen.holds && seen.fails); at += step) {
    const view = viewAt(policy, domains, Math.floor(at));
    const applies = when === undefined ? TRUE : ask(view, when.root);
    const truth = ask(view, require.root);
    seen.applies ||= applies === TRUE;
    seen.holds ||= applies === TRUE && truth === TRUE;
    seen.fails ||= applies !== FALSE && truth !== TRUE;
  }
  return seen;
}

/** The combination of this number, as the digits of a number whose places have the sizes of the domains. */
function viewAt({ program }: Policy, domains: readonly Domain[], at: number): View {
  let rest = at;
  let facts: Facts = noFacts();
  const settings: Record<string, unknown> = {};
  for (const { path, values } of domains) {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    if (value === undefined) continue;
    if (isFactPath(path)) facts = withFact(facts, path, proven(value, 'trial'));
    else settings[path] = typeof value === 'number' ? BigInt(value) : value;
  }
  return viewOf(facts, 'proven', program, { ...QUIET, ...settings });
}

const QUIET: Settings = { raised: [], degraded: [], weight: 0n, now: BigInt(EXAMPLE_TIME / 1000) };
