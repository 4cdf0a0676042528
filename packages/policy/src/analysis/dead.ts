import { ask } from '../ask.ts';
import type { Expression } from '../cel/expression.ts';
import { FALSE, TRUE } from '../cel/node.ts';
import type { Policy } from '../policy.ts';
import { type Sight, viewOf } from '../view.ts';
import { mentionsIn } from './domains.ts';
import { pointAt, type Space, spaceOf } from './space.ts';
import { type Trees, treesOf } from './trees.ts';

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
  const rules = policy.rules.flatMap((each) => examine(policy, trees, each.id, each));
  const others = conditionsOf(policy).flatMap(({ rule, ...parts }) => examine(policy, trees, rule, parts));
  return [...rules, ...others.filter(({ fault }) => fault === 'never_holds')];
}

/** What is asked, and what it may see. A condition of a rule sees proven facts alone. */
interface Parts {
  readonly when?: Expression;
  readonly require: Expression;
  readonly known: Sight;
}

function conditionsOf({ assurance, annotations, bans }: Policy): readonly (Parts & { readonly rule: string })[] {
  const known = 'proven';
  return [
    ...assurance.map(({ when }, index) => ({ rule: `assurance[${index}]`, require: when, known }) as const),
    ...annotations.flatMap(({ name, when, known: sees }) =>
      when === undefined ? [] : [{ rule: `annotations.${name}`, require: when, known: sees }],
    ),
    ...bans.map(({ id, when, known: sees }) => ({ rule: `bans.${id}`, require: when, known: sees })),
  ];
}

function examine(policy: Policy, trees: Trees, rule: string, parts: Parts): readonly DeadRule[] {
  const { when, require, known } = parts;
  const mentions = mentionsIn([...(when === undefined ? [] : [when]), require].map(trees), policy.lists);
  const space = spaceOf(mentions, known);
  const seen = trial(policy, parts, space);
  const certainty = space.isExact && space.size <= MAX_TRIED ? 'certain' : 'unknown';
  const report = (fault: DeadRule['fault']): DeadRule => ({ rule, fault, certainty, because: BECAUSE[fault] });
  if (!seen.applies) return [report('never_applies')];
  return [...(seen.holds ? [] : [report('never_holds')]), ...(seen.fails ? [] : [report('never_fails')])];
}

interface Seen {
  applies: boolean;
  holds: boolean;
  fails: boolean;
}

/** Stops as soon as everything was seen. Of too many combinations some from all over are tried. */
function trial({ program }: Policy, { when, require, known }: Parts, space: Space): Seen {
  const seen: Seen = { applies: false, holds: false, fails: false };
  const step = Math.max(1, space.size / MAX_TRIED);
  for (let at = 0; at < space.size && !(seen.applies && seen.holds && seen.fails); at += step) {
    const { facts, settings } = pointAt(space, Math.floor(at));
    const applies = when === undefined ? TRUE : ask(viewOf(facts, 'proven', program, settings), when.root);
    const truth = ask(viewOf(facts, known, program, settings), require.root);
    seen.applies ||= applies === TRUE;
    seen.holds ||= applies === TRUE && truth === TRUE;
    seen.fails ||= applies !== FALSE && truth !== TRUE;
  }
  return seen;
}
