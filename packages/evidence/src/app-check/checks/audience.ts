import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const clause = step("the token's audience matches your project");

/** Stops a token that was issued for other services. */
export const audience: CheckStep<AppCheckState> = {
  id: 'app_check.token.audience',
  clause,
  proves: 'the registered project is an audience of the token',
  codes: ['app_check.audience_mismatch'],
  run(state) {
    const expected = `projects/${state.input.project}`;
    if (state.claims.value.aud.includes(expected)) return undefined;
    throw new EvidenceError('app_check.audience_mismatch', 'the token is for another audience', { clause, expected });
  },
};
