import { hash, verify } from 'node:crypto';
import { type CheckStep, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { publicKeyOf } from '@assay/x509';
import { step } from '../clauses.ts';
import type { SignedData } from '../cms.ts';
import type { ReceiptState } from '../state.ts';

const clause = `${step('1')}; RFC 5652, 5.4`;

/** Without signed attributes the signature covers the content; with them it covers them, and they name its digest. */
export const signature: CheckStep<ReceiptState> = {
  id: 'apple.receipt.signature',
  clause,
  proves: 'the signer signed exactly this payload',
  codes: ['apple.receipt_digest_mismatch', 'apple.receipt_signature_invalid', 'x509.key_unsupported'],
  run(state) {
    const key = publicKeyOf(state.signer.value.certificate);
    const signed = signedBytes(state.signed.value);
    const { signature } = state.signed.value.signer;
    if (key.asymmetricKeyType === 'ec' && verify('sha256', signed, key, signature)) return undefined;
    throw new EvidenceError('apple.receipt_signature_invalid', 'the receipt was altered or not signed by its signer', {
      clause,
    });
  },
};

function signedBytes({ content, signer }: SignedData): Uint8Array {
  if (signer.attributes === undefined) return content;
  const { der, messageDigest } = signer.attributes;
  if (equalBytes(hash('sha256', content, 'buffer'), messageDigest)) return der;
  throw new EvidenceError('apple.receipt_digest_mismatch', 'the signed digest is not that of the payload', { clause });
}
