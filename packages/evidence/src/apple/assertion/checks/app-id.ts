import type { CheckStep } from '@assay/core';
import { matchAppId } from '../../app-ids.ts';
import { step } from '../clauses.ts';
import type { AssertionState } from '../state.ts';

const clause = step('4');

/** Stops an assertion that another app of the team made. */
export const appId: CheckStep<AssertionState> = {
  id: 'apple.assertion.app_id',
  clause,
  proves: 'the asserting app is one of the expected App IDs',
  codes: ['apple.app_id_mismatch'],
  run(state) {
    const { rpIdHash } = state.object.value.authenticatorData;
    state.appId.value = matchAppId(rpIdHash, state.input.appIds, clause);
    return state.appId.value;
  },
};
