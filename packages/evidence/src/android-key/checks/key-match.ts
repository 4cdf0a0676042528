import type { CheckStep } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/** Stops the attestation of one key from standing for another: the request is signed by the key of certificate 0. */
export const keyMatch: CheckStep<KeyAttestationState> = {
  id: 'android-key.key_match',
  clause: CLAUSE.key,
  proves: 'the attested key is the key that the request names',
  codes: ['android.key_mismatch'],
  run({ input: { expectedKey }, certificates }) {
    const attested = certificates.value[0]?.spki;
    if (attested === undefined || expectedKey === undefined || !equalBytes(attested, expectedKey)) {
      throw refused('android.key_mismatch', { clause: CLAUSE.key });
    }
    return undefined;
  },
};
