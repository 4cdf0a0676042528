import { createDistinct } from './distinct.ts';

/** Appraisals, and the different installs (lineages) that they are of. */
export interface Count {
  readonly appraisals: number;
  readonly installs: number;
  /** Whether `installs` is an estimate: appraisals are always counted. */
  readonly estimated: boolean;
}

export interface Tally {
  add(lineage: number): void;
  count(): Count;
}

export function createTally(limit: number): Tally {
  const installs = createDistinct(limit);
  let appraisals = 0;
  return {
    add: (lineage) => {
      appraisals += 1;
      installs.add(lineage);
    },
    count: () => {
      const { count, estimated } = installs.count();
      return { appraisals, installs: Math.min(count, appraisals), estimated };
    },
  };
}

export interface Named extends Count {
  readonly name: string;
}

export interface Tallies {
  add(name: string, lineage: number): void;
  /** Most appraisals first, then by name. */
  counts(): readonly Named[];
}

/** Under this name stand all those that came after the first `names`. */
export const OTHERS = '(others)';
const INSTALLS = 1_024;

/** One tally for each name. Names come from apps and devices: those beyond the first `names` share one tally. */
export function createTallies(names: number): Tallies {
  const tallies = new Map<string, Tally>();
  return {
    add: (name, lineage) => {
      const key = tallies.has(name) || tallies.size < names ? name : OTHERS;
      const tally = tallies.get(key) ?? createTally(INSTALLS);
      tallies.set(key, tally);
      tally.add(lineage);
    },
    counts: () =>
      [...tallies].map(([name, tally]) => ({ name, ...tally.count() })).sort((a, b) => byCount(a, b) || byName(a, b)),
  };
}

const byCount = (a: Named, b: Named): number => b.appraisals - a.appraisals;
const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : 1);
