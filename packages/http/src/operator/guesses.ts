import type { Clock } from '@assay/core';

/**
 * Look-ups of support codes that find nothing, for each credential. People mistype, and only some rejections are kept; who
 * misses more often than that is guessing. Counted in this process: a code has 50 random bits, so what several replicas
 * add up to is as hopeless.
 */
export interface Guesses {
  /** Counts a look-up as a miss before it is made, so that many at once do not slip through. */
  begin(credential: string): Admitted;
  /** Takes the miss back: something was found, or nobody could look. */
  takeBack(credential: string): void;
}

interface Admitted {
  /** Milliseconds until the credential may look up again, else 0. */
  readonly wait: number;
  /** This very look-up was one too many. */
  readonly locksOut: boolean;
}

/** Misses that a credential may have in an hour, and for how long it is locked out after one more. */
export const MAX_MISSES = 30;
export const LOCK_MS = 3_600_000;

interface Count {
  misses: number;
  /** When the count began, or the lock-out. */
  at: number;
  locked: boolean;
}

/** Credentials are made by operators, so that their number bounds the memory. */
export function createGuesses(clock: Clock): Guesses {
  const counts = new Map<string, Count>();

  function countOf(credential: string): Count {
    const now = clock();
    const known = counts.get(credential);
    // Since the clock was set back nobody knows how long ago it was: an hour from now at most.
    if (known !== undefined && now < known.at) known.at = now;
    if (known !== undefined && now - known.at < LOCK_MS) return known;
    const fresh = { misses: 0, at: now, locked: false };
    counts.set(credential, fresh);
    return fresh;
  }

  return {
    begin(credential) {
      const count = countOf(credential);
      const locksOut = !count.locked && count.misses >= MAX_MISSES;
      if (locksOut) Object.assign(count, { locked: true, at: clock() });
      if (count.locked) return { wait: count.at + LOCK_MS - clock(), locksOut };
      count.misses += 1;
      return { wait: 0, locksOut };
    },
    takeBack(credential) {
      const count = countOf(credential);
      count.misses = Math.max(0, count.misses - 1);
    },
  };
}
