import type { CheckStep } from '@assay/core';
import { readMembers } from '../../shared/compact.ts';
import { decoding } from '../../shared/decoding.ts';
import { decodeJws } from '../../shared/jws.ts';
import { clause as section } from '../clauses.ts';
import type { DevState } from '../state.ts';
import { readDevClaims } from '../token.ts';

const clause = section('Form');

export const token: CheckStep<DevState> = {
  id: 'dev.token.form',
  clause,
  proves: 'the token is one compact JWS with exactly binding, grant and iat',
  codes: ['dev.token_malformed'],
  run(state) {
    decoding('dev.token_malformed', 'the `dev` evidence', clause, () => {
      state.token.value = decodeJws(state.input.token);
      state.claims.value = readMembers(state.token.value.payload, readDevClaims);
    });
    return undefined;
  },
};
