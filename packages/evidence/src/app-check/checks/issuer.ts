import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const ISSUER = 'https://firebaseappcheck.googleapis.com/';
const clause = step('the token is issued by App Check');

/** The same keys sign for every project of the world: stops a token of somebody else's. */
export const issuer: CheckStep<AppCheckState> = {
  id: 'app_check.token.issuer',
  clause,
  proves: 'App Check issued the token for the registered project',
  codes: ['app_check.issuer_mismatch'],
  run(state) {
    const expected = ISSUER + state.input.project;
    if (state.claims.value.iss === expected) return undefined;
    throw new EvidenceError('app_check.issuer_mismatch', 'the token is of another issuer', { clause, expected });
  },
};
