import type { CheckStep } from '@assay/core';
import { ageFault, secondsOld } from '../../shared/age.ts';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Stops results that were made beforehand: a nonce says what for, not when. */
export const age: CheckStep<SysIntegrityState> = {
  id: 'huawei.age',
  clause: CLAUSE.age,
  proves: 'the result was made just now',
  codes: ['huawei.timestamp_missing', 'huawei.stale', 'huawei.from_future'],
  run({ payload, at, maxAgeMs }) {
    const made = payload.value.timestamp;
    if (made === undefined) throw refused('huawei.timestamp_missing', { clause: CLAUSE.age });
    const fault = ageFault(made, at, maxAgeMs);
    if (fault === undefined) return secondsOld(at - made);
    const { kind, expected, found } = fault;
    throw refused(`huawei.${kind}`, { clause: CLAUSE.age, expected, found });
  },
};
