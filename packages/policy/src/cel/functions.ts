import type { Environment } from '@marcbachmann/cel-js';
import { compareVersions, daysBetween, isDate, isVersion } from '../order.ts';

/** Thrown by a function whose argument says nothing: the result is unknown, as that of an absent fact. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}

/** One for all: it is thrown on a hot path and nobody reads its stack. */
const UNKNOWN = new Unknown('a value that cannot be compared');

interface FunctionRow {
  readonly signature: string;
  readonly description: string;
  readonly handler: (...given: never[]) => unknown;
  /** What an argument must be like where it is written out, by position: a bad literal is refused when it is loaded. */
  readonly literals: readonly (((text: string) => boolean) | undefined)[];
  readonly literal: string;
}

/** Lengths that keep their product, the work of `glob`, small. */
const MAX_PATTERN = 128;
const MAX_TEXT = 4096;

/** Functions of policies beside those of the language. */
export const FUNCTIONS: Readonly<Record<string, FunctionRow>> = {
  versionAtLeast: {
    signature: 'versionAtLeast(string, string): bool',
    description: 'Whether the first version is the second or a later one, number by number: `17` equals `17.0`.',
    handler: (version: string, floor: string): boolean => {
      if (!isVersion(version) || !isVersion(floor)) throw UNKNOWN;
      return compareVersions(version, floor) >= 0;
    },
    literals: [isVersion, isVersion],
    literal: 'a version of decimal numbers and dots, such as "17.4"',
  },
  daysSince: {
    signature: 'daysSince(string, int): int',
    description: 'Whole days from a date (`YYYY-MM` or `YYYY-MM-DD`) to a time in seconds, usually `now`.',
    handler: (date: string, at: bigint): bigint => {
      const days = daysBetween(date, Number(at));
      if (days === undefined) throw UNKNOWN;
      return BigInt(days);
    },
    literals: [isDate],
    literal: 'a date such as "2026-06" or "2026-06-01"',
  },
  glob: {
    signature: 'glob(string, string): bool',
    description: 'Whether a text fits a pattern, in which `*` stands for any characters and `?` for one.',
    handler: (text: string, pattern: string): boolean => {
      if (pattern.length > MAX_PATTERN || text.length > MAX_TEXT) throw UNKNOWN;
      return matchesGlob(text, pattern);
    },
    literals: [undefined, (pattern) => pattern.length > 0 && pattern.length <= MAX_PATTERN],
    literal: `a pattern of 1 to ${MAX_PATTERN} characters`,
  },
};

export function registerFunctions(environment: Environment): Environment {
  for (const { signature, handler } of Object.values(FUNCTIONS)) environment.registerFunction(signature, handler);
  return environment;
}

/** Goes back to the last star only, so the work is at most the product of both lengths. */
export function matchesGlob(text: string, pattern: string): boolean {
  let [at, next, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[next] === '*') [star, resume, next] = [next, at, next + 1];
    else if (pattern[next] === '?' || pattern[next] === text[at]) [at, next] = [at + 1, next + 1];
    else if (star >= 0) [next, at, resume] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
