import type { CheckStep } from '@assay/core';
import { readMembers } from '../../shared/compact.ts';
import { decoding } from '../../shared/decoding.ts';
import { decodeJws } from '../../shared/jws.ts';
import { readClaims } from '../claims.ts';
import { hardening } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const clause = hardening('one bounded compact JWS in canonical base64url with strict JSON inside');

/** Stops oversized or ambiguous input before anything is computed over it. */
export const token: CheckStep<AppCheckState> = {
  id: 'app_check.token.form',
  clause,
  proves: 'the token is one compact JWS with the claims of App Check, each once',
  codes: ['app_check.token_malformed'],
  run(state) {
    decoding('app_check.token_malformed', 'the App Check token', clause, () => {
      state.token.value = decodeJws(state.input.token);
      state.claims.value = readMembers(state.token.value.payload, readClaims);
    });
    return undefined;
  },
};
