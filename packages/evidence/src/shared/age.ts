/** Clocks of two servers: the vendor's, which wrote the time, and this one. */
const MAX_AHEAD_MS = 60_000;

/** Why a time is not just now, in the words of a refusal. */
export interface AgeFault {
  readonly kind: 'stale' | 'from_future';
  readonly expected: string;
  readonly found: string;
}

/** What speaks against evidence that its vendor made at this time. A time or a limit that is no number is in no period. */
export function ageFault(made: number, at: number, maxAgeMs: number): AgeFault | undefined {
  const age = at - made;
  if (!(age <= maxAgeMs))
    return { kind: 'stale', expected: `at most ${maxAgeMs / 1000} s old`, found: secondsOld(age) };
  if (age >= -MAX_AHEAD_MS) return undefined;
  const expected = `at most ${MAX_AHEAD_MS / 1000} s ahead`;
  return { kind: 'from_future', expected, found: `${Math.round(-age / 1000)} s ahead` };
}

/** An age for people. */
export function secondsOld(ageMs: number): string {
  return `${Math.round(ageMs / 1000)} s old`;
}
