import type { CheckStep } from '@assay/core';
import { ageFault, secondsOld } from '../../shared/age.ts';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/** Stops tokens that were made beforehand: a binding says what for, not when. */
export const age: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.age',
  clause: CLAUSE.age,
  proves: 'the token was requested just now',
  codes: ['play.timestamp_missing', 'play.stale', 'play.from_future'],
  run({ payload, at, maxAgeMs }) {
    const made = payload.value.requestDetails?.timestampMillis;
    if (made === undefined) throw refused('play.timestamp_missing', { clause: CLAUSE.age });
    const fault = ageFault(made, at, maxAgeMs);
    if (fault === undefined) return secondsOld(at - made);
    const { kind, expected, found } = fault;
    throw refused(`play.${kind}`, { clause: CLAUSE.age, expected, found });
  },
};
