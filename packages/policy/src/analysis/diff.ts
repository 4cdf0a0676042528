import type { Policy } from '../policy.ts';
import { type Loosens, looseningsOf } from './loosens.ts';

/** One member that differs. `undefined`: it is not there. */
export interface PolicyChange {
  /** For example `rules.android.locked.otherwise.tier`. */
  readonly path: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface PolicyDiff {
  readonly changes: readonly PolicyChange[];
  /** Whether some facts may be judged better by the next policy. `no` only where that is shown. */
  readonly loosens: Loosens;
  readonly because: readonly string[];
}

/**
 * What differs between two policies, and whether the next one may be the looser.
 *
 * @example
 * const { loosens } = diffPolicies(inForce, proposed);
 * if (loosens !== 'no') askSecondPerson();
 */
export function diffPolicies(old: Policy, next: Policy): PolicyDiff {
  const loosenings = looseningsOf(old, next);
  const isSure = loosenings.some(({ loosens }) => loosens === 'yes');
  return {
    changes: changesBetween(membersOf(old), membersOf(next)),
    loosens: loosenings.length === 0 ? 'no' : isSure ? 'yes' : 'maybe',
    because: loosenings.map(({ because }) => because),
  };
}

type Members = ReadonlyMap<string, string>;

function changesBetween(old: Members, next: Members): readonly PolicyChange[] {
  const paths = [...new Set([...old.keys(), ...next.keys()])];
  return paths
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => ({ path, from: old.get(path), to: next.get(path) }));
}

/** Everything that a policy says, one text for each member. The order of rules is none of it: they are all evaluated. */
function membersOf(policy: Policy): Members {
  const { name, description, outage, lists, rules, assurance, annotations, bans, examples } = policy;
  const rows = [
    { name, description },
    ...Object.entries(outage).map(([step, value]) => ({ [`outage.${step}`]: value })),
    ...Object.entries(lists).map(([list, entries]) => ({ [`lists.${list}`]: entries.join(', ') })),
    ...rules.map(ruleMembers),
    ...assurance.map(({ level, when }, index) => ({ [`assurance[${index}]`]: `${level} when ${when.text}` })),
    ...annotations.map(({ name: noted, value, when, known }) => ({
      [`annotations.${noted}`]: `${value.text}${when === undefined ? '' : ` when ${when.text}`} (${known})`,
    })),
    ...bans.map((ban) => ({
      [`bans.${ban.id}`]: `${ban.target} for ${ban.durationMs} ms when ${ban.when.text} (${ban.known}): ${ban.reason}`,
    })),
    ...examples.map(({ name: title, ...rest }) => ({ [`examples.${title}`]: JSON.stringify(rest) })),
  ];
  return new Map(rows.flatMap((row) => Object.entries(row)));
}

function ruleMembers({ id, when, require, known, otherwise, why }: Policy['rules'][number]): Record<string, string> {
  const path = `rules.${id}`;
  const condition = when === undefined ? {} : { [`${path}.when`]: when.text };
  const end = Object.entries(otherwise).map(([member, value]) => [`${path}.otherwise.${member}`, String(value)]);
  return {
    ...condition,
    [`${path}.require`]: require.text,
    [`${path}.known`]: known,
    ...Object.fromEntries(end),
    [`${path}.why`]: why,
  };
}
