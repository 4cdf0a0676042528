import type { CheckStep } from '@assay/core';
import { matchAppId } from '../../app-ids.ts';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('6');

/** Stops a genuine attestation of somebody else's app. */
export const appId: CheckStep<AttestationState> = {
  id: 'apple.attestation.app_id',
  clause,
  proves: 'the attested app is one of the expected App IDs',
  codes: ['apple.app_id_mismatch'],
  run(state) {
    state.appId.value = matchAppId(state.authenticatorData.value.rpIdHash, state.input.appIds, clause);
    return state.appId.value;
  },
};
