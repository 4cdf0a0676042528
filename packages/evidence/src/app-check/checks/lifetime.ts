import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const SECOND = 1000;
/** Clocks of two services differ by this at most. */
const SKEW_MS = 30 * SECOND;
/** The longest life that the console offers, 7 days, and one minute for rounding. */
const MAX_LIFE_MS = (7 * 86_400 + 60) * SECOND;
const clause = step('the token is not expired');

/** Stops tokens out of old logs, and clocks that would make one live for ever. */
export const lifetime: CheckStep<AppCheckState> = {
  id: 'app_check.token.lifetime',
  clause,
  proves: 'the token is valid now, and for no longer than App Check lets a token live',
  codes: ['app_check.expired', 'app_check.issued_in_future', 'app_check.lifetime_implausible'],
  run(state) {
    const issuedAt = state.claims.value.iat * SECOND;
    const expiresAt = state.claims.value.exp * SECOND;
    // A time that is no number is in no period.
    if (!(state.at < expiresAt)) {
      throw new EvidenceError('app_check.expired', 'the token has expired', {
        clause,
        found: `${state.at - expiresAt} ms ago`,
      });
    }
    if (issuedAt > state.at + SKEW_MS) {
      throw new EvidenceError('app_check.issued_in_future', 'the token was issued in the future', {
        clause,
        found: `in ${issuedAt - state.at} ms`,
      });
    }
    if (expiresAt - issuedAt > MAX_LIFE_MS) {
      throw new EvidenceError('app_check.lifetime_implausible', 'the token lives too long', {
        clause,
        expected: `at most ${MAX_LIFE_MS} ms`,
        found: `${expiresAt - issuedAt} ms`,
      });
    }
    return undefined;
  },
};
