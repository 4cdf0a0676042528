import type { CheckStep } from '@assay/core';
import { readLaunchInfo } from '../../launch-info.ts';
import type { AssertionState } from '../state.ts';

const clause = 'Apple, Attestation Object Validation Guide (2026), Validation category and bundle version';

/** As in the attestation: an absent map proves nothing and stops nothing. */
export const launch: CheckStep<AssertionState> = {
  id: 'apple.assertion.launch',
  clause,
  proves: 'what the extension map says about the launch, if there is one, is as documented',
  codes: ['apple.extensions_malformed'],
  run(state) {
    state.launch.value = readLaunchInfo(state.object.value.authenticatorData.extensions, clause);
    return state.launch.value.category ?? 'no category';
  },
};
