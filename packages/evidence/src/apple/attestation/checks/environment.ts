import { type AttestEnvironment, type CheckStep, EvidenceError } from '@assay/core';
import { equalBytes, utf8 } from '@assay/formats';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('8');

/** All 16 bytes count: the two values share their first nine. */
const AAGUIDS: readonly (readonly [aaguid: Uint8Array, environment: AttestEnvironment])[] = [
  [utf8('appattest\0\0\0\0\0\0\0'), 'production'],
  [utf8('appattestdevelop'), 'development'],
];

/** Which of the two is welcome is the policy's matter (`app.environment`). */
export const environment: CheckStep<AttestationState> = {
  id: 'apple.attestation.environment',
  clause,
  proves: 'the key was made in one of the two App Attest environments',
  codes: ['apple.aaguid_unknown'],
  run(state) {
    const row = AAGUIDS.find(([aaguid]) => equalBytes(aaguid, state.authenticatorData.value.aaguid));
    if (row === undefined) {
      throw new EvidenceError('apple.aaguid_unknown', 'the environment of the key is none of the known two', {
        clause,
        expected: 'appattestdevelop, or appattest and seven zero bytes',
      });
    }
    state.environment.value = row[1];
    return row[1];
  },
};
