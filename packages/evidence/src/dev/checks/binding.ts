import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { DevState } from '../state.ts';

const clause = section('Form');

/** Stops a token that was made for another statement, hence for another key or another server. */
export const binding: CheckStep<DevState> = {
  id: 'dev.token.binding',
  clause,
  proves: 'the token was made for this statement',
  codes: ['dev.binding_mismatch'],
  run({ claims, input }) {
    if (claims.value.binding === input.binding) return undefined;
    throw new EvidenceError('dev.binding_mismatch', 'the token is for another statement', { clause });
  },
};
