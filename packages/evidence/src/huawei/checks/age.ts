import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Clocks of two servers: Huawei's, which wrote the time, and this one. */
const MAX_AHEAD_MS = 60_000;

/** Stops results that were made beforehand: a nonce says what for, not when. */
export const age: CheckStep<SysIntegrityState> = {
  id: 'huawei.age',
  clause: CLAUSE.age,
  proves: 'the result was made just now',
  codes: ['huawei.timestamp_missing', 'huawei.stale', 'huawei.from_future'],
  run({ payload, at, maxAgeMs }) {
    const made = payload.value.timestamp;
    if (made === undefined) throw refused('huawei.timestamp_missing', { clause: CLAUSE.age });
    const seconds = Math.round((at - made) / 1000);
    if (at - made > maxAgeMs) {
      throw refused('huawei.stale', {
        clause: CLAUSE.age,
        expected: `at most ${maxAgeMs / 1000} s old`,
        found: `${seconds} s old`,
      });
    }
    if (made - at > MAX_AHEAD_MS) {
      throw refused('huawei.from_future', {
        clause: CLAUSE.age,
        expected: `at most ${MAX_AHEAD_MS / 1000} s ahead`,
        found: `${-seconds} s ahead`,
      });
    }
    return `${seconds} s old`;
  },
};
