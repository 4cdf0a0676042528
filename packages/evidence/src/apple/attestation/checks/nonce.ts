import { hash } from 'node:crypto';
import { type CheckStep, EvidenceError } from '@assay/core';
import { concat, constantTimeEqual, DerReader, TAG } from '@assay/formats';
import { decoding } from '../../../shared/decoding.ts';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const NONCE_EXTENSION = '1.2.840.113635.100.8.2';
/** Context-specific, constructed, number 1. */
const NONCE_TAG = 0xa1;
const clause = step('2 to 4');

/**
 * Ties the certificate to this challenge: stops replay of an attestation that was made for another one. The nonce covers
 * the whole authenticator data, the extension map included.
 */
export const nonce: CheckStep<AttestationState> = {
  id: 'apple.attestation.nonce',
  clause,
  proves: 'Apple certified the SHA-256 of the authenticator data followed by clientDataHash',
  codes: ['apple.nonce_missing', 'apple.nonce_malformed', 'apple.nonce_mismatch'],
  run(state) {
    const { authenticatorData } = state.object.value;
    const expected = hash('sha256', concat(authenticatorData, state.input.clientDataHash), 'buffer');
    if (constantTimeEqual(certifiedNonce(state), expected)) return undefined;
    throw new EvidenceError('apple.nonce_mismatch', 'the certified nonce is not the one of this challenge', {
      clause,
      hint: 'check that the app hashed the same challenge bytes, and how its package encodes them',
    });
  },
};

function certifiedNonce(state: AttestationState): Uint8Array {
  const extension = state.certificates.value.leaf.extensions.get(NONCE_EXTENSION);
  if (extension === undefined) {
    throw new EvidenceError('apple.nonce_missing', 'the leaf certificate carries no nonce', {
      clause,
      expected: `extension ${NONCE_EXTENSION}`,
    });
  }
  return decoding('apple.nonce_malformed', 'the nonce extension', clause, () => parseNonce(extension.value));
}

/** SEQUENCE { [1] EXPLICIT OCTET STRING }, and nothing else. */
function parseNonce(der: Uint8Array): Uint8Array {
  const outer = DerReader.of(der);
  const sequence = outer.enter(TAG.SEQUENCE);
  outer.end();
  const tagged = sequence.enter(NONCE_TAG);
  sequence.end();
  const value = tagged.octetString();
  tagged.end();
  return value;
}
