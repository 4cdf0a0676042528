import type { CheckStep } from '@assay/core';
import { constantTimeEqual } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/** Stops replay: the key was made for this request and no other. */
export const challenge: CheckStep<KeyAttestationState> = {
  id: 'android-key.challenge',
  clause: CLAUSE.challenge,
  proves: 'the key was attested for the expected challenge',
  codes: ['android.challenge_mismatch'],
  run({ input, keyDescription }) {
    const attested = keyDescription.value.challenge;
    if (!constantTimeEqual(attested, input.challenge)) {
      throw refused('android.challenge_mismatch', {
        clause: CLAUSE.challenge,
        expected: `${input.challenge.length} bytes`,
        found: attested.length === input.challenge.length ? 'other bytes' : `${attested.length} bytes`,
      });
    }
    return undefined;
  },
};
