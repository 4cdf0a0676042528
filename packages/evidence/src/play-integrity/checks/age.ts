import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/** Clocks of two servers: Google's, which wrote the time, and this one. */
const MAX_AHEAD_MS = 60_000;

/** Stops tokens that were made beforehand: a binding says what for, not when. */
export const age: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.age',
  clause: CLAUSE.age,
  proves: 'the token was requested just now',
  codes: ['play.timestamp_missing', 'play.stale', 'play.from_future'],
  run({ payload, at, maxAgeMs }) {
    const made = payload.value.requestDetails?.timestampMillis;
    if (made === undefined) throw refused('play.timestamp_missing', { clause: CLAUSE.age });
    const seconds = Math.round((at - made) / 1000);
    if (at - made > maxAgeMs) {
      throw refused('play.stale', {
        clause: CLAUSE.age,
        expected: `at most ${maxAgeMs / 1000} s old`,
        found: `${seconds} s old`,
      });
    }
    if (made - at > MAX_AHEAD_MS) {
      throw refused('play.from_future', {
        clause: CLAUSE.age,
        expected: `at most ${MAX_AHEAD_MS / 1000} s ahead`,
        found: `${-seconds} s ahead`,
      });
    }
    return `${seconds} s old`;
  },
};
