import { hash, verify } from 'node:crypto';
import { type CheckStep, EvidenceError } from '@assay/core';
import { concat } from '@assay/formats';
import { step } from '../clauses.ts';
import type { AssertionState } from '../state.ts';

const clause = step('1 to 3');

/**
 * The nonce is the signed *message*: the algorithm hashes it once more. Every genuine assertion agrees; taking the nonce
 * for the digest refuses all of them.
 */
export const signature: CheckStep<AssertionState> = {
  id: 'apple.assertion.signature',
  clause,
  proves: 'the attested key signed the SHA-256 of the authenticator data followed by clientDataHash',
  codes: ['apple.signature_invalid'],
  run(state) {
    const { bytes, signature } = state.object.value;
    const nonce = hash('sha256', concat(bytes, state.input.clientDataHash), 'buffer');
    if (verify('sha256', nonce, state.key, signature)) return undefined;
    throw new EvidenceError('apple.signature_invalid', 'the assertion was not signed by this key over this data', {
      clause,
      hint: 'hash the exact bytes that the app hashed (no re-serialised JSON), and look up the key by its key identifier',
    });
  },
};
