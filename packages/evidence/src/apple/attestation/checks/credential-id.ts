import { type CheckStep, EvidenceError } from '@assay/core';
import { constantTimeEqual } from '@assay/formats';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('9');

/** Ties the attested credential to the certified key. */
export const credentialId: CheckStep<AttestationState> = {
  id: 'apple.attestation.credential_id',
  clause,
  proves: 'the credential in the authenticator data is the certified key',
  codes: ['apple.credential_id_mismatch'],
  run(state) {
    if (constantTimeEqual(state.authenticatorData.value.credentialId, state.input.keyId)) return undefined;
    throw new EvidenceError('apple.credential_id_mismatch', 'the credential id is not the key identifier', { clause });
  },
};
