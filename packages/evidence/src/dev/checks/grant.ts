import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { DevState } from '../state.ts';

const clause = section('Grants');

/** Stops a key that two grants share from being counted on the wrong one, and grants whose time is over. */
export const grant: CheckStep<DevState> = {
  id: 'dev.token.grant',
  clause,
  proves: 'the token names this grant, and the grant has not ended',
  codes: ['dev.grant_mismatch', 'dev.grant_expired'],
  run({ claims, input, at }) {
    if (claims.value.grant !== input.grant.id) {
      throw new EvidenceError('dev.grant_mismatch', 'the token names another grant', {
        clause,
        expected: input.grant.id,
      });
    }
    // A time that is no number is in no period.
    if (!(at < input.grant.expiresAt)) {
      throw new EvidenceError('dev.grant_expired', 'the grant has ended', {
        clause,
        found: `${at - input.grant.expiresAt} ms ago`,
      });
    }
    return undefined;
  },
};
