import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const clause = step("the token's subject matches your app's App ID");

/** A project has many apps: stops the token of a test app, or of the web app whose attestation is weaker. */
export const app: CheckStep<AppCheckState> = {
  id: 'app_check.token.app',
  clause,
  proves: 'the token is for one of the registered Firebase apps',
  codes: ['app_check.app_mismatch'],
  run(state) {
    const { sub } = state.claims.value;
    if (state.input.apps.includes(sub)) return sub;
    throw new EvidenceError('app_check.app_mismatch', 'the token is for another app', {
      clause,
      expected: state.input.apps.join(' or '),
    });
  },
};
