import type { CheckStep } from '@assay/core';
import { decoding } from '../../../shared/decoding.ts';
import { parseAttestationData } from '../../authenticator-data.ts';
import { guide } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = guide('Authenticator data');

/** Reads the layout once, so that no later step slices bytes by a guessed length. */
export const authenticatorData: CheckStep<AttestationState> = {
  id: 'apple.attestation.authenticator_data',
  clause,
  proves: 'the authenticator data has its fixed part, one credential, and after it nothing or one CBOR map',
  codes: ['apple.authenticator_data_malformed'],
  run(state) {
    state.authenticatorData.value = decoding(
      'apple.authenticator_data_malformed',
      'the authenticator data',
      clause,
      () => parseAttestationData(state.object.value.authenticatorData),
    );
    return undefined;
  },
};
