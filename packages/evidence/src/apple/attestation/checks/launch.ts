import type { CheckStep } from '@assay/core';
import { readLaunchInfo } from '../../launch-info.ts';
import { guide } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = guide('Validation category and bundle version');

/** An absent map proves nothing and stops nothing: systems before iOS 27 send none. What it says is for the policy. */
export const launch: CheckStep<AttestationState> = {
  id: 'apple.attestation.launch',
  clause,
  proves: 'what the extension map says about the launch, if there is one, is as documented',
  codes: ['apple.extensions_malformed'],
  run(state) {
    state.launch.value = readLaunchInfo(state.authenticatorData.value.extensions, clause);
    return state.launch.value.category ?? 'no category';
  },
};
