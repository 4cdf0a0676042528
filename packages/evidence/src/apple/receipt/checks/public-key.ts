import { type CheckStep, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { parseCertificate } from '@assay/x509';
import { decoding } from '../../../shared/decoding.ts';
import { pointOfSpki } from '../../p256.ts';
import { step } from '../clauses.ts';
import type { ReceiptState } from '../state.ts';

const clause = step('6');

/** Stops the receipt of another device. */
export const publicKey: CheckStep<ReceiptState> = {
  id: 'apple.receipt.public_key',
  clause,
  proves: 'the receipt is about the stored key',
  codes: ['apple.receipt_payload_malformed', 'apple.receipt_key_mismatch'],
  run(state) {
    const attested = decoding(
      'apple.receipt_payload_malformed',
      'the attested certificate in the receipt',
      clause,
      () => parseCertificate(state.payload.value.certificate),
    );
    const point = pointOfSpki(attested.spki);
    if (point !== undefined && equalBytes(point, state.input.publicKey)) return undefined;
    throw new EvidenceError('apple.receipt_key_mismatch', 'the receipt is about another key', { clause });
  },
};
