import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { DevState } from '../state.ts';

/** As long as the challenge that the statement rests on. */
const MAX_AGE_MS = 300_000;
const SKEW_MS = 30_000;
const clause = section('Form');

/** Stops tokens that were made in store by somebody who had the key for a moment. */
export const age: CheckStep<DevState> = {
  id: 'dev.token.age',
  clause,
  proves: 'the token was made just now',
  codes: ['dev.stale'],
  run({ claims, at }) {
    const found = at - claims.value.iat * 1000;
    if (found >= -SKEW_MS && found <= MAX_AGE_MS) return undefined;
    throw new EvidenceError('dev.stale', 'the token was not made just now', {
      clause,
      expected: `at most ${MAX_AGE_MS} ms ago, at most ${SKEW_MS} ms ahead`,
      found: `${found} ms ago`,
    });
  },
};
