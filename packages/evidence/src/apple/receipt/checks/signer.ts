import { type CheckStep, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import type { Certificate } from '@assay/x509';
import { recallIssuer } from '../../../shared/chain-memory.ts';
import { decoding } from '../../../shared/decoding.ts';
import { step } from '../clauses.ts';
import type { ReceiptState } from '../state.ts';

/** Apple's marker of "Application Attestation Fraud Receipt Signing" certificates. */
const RECEIPT_SIGNING = '1.2.840.113635.100.12.15';
/** Genuine receipts carry three certificates. */
const MAX_CERTIFICATES = 5;
const clause = step('2');

/**
 * Apple Root CA - G3 also stands above certificates whose keys developers hold, so a path to it is not enough: the signer
 * must be marked as a signer of receipts.
 */
export const signer: CheckStep<ReceiptState> = {
  id: 'apple.receipt.signer',
  clause,
  proves: "the signer's certificate came along and is one for receipts",
  codes: ['apple.receipt_certificate_malformed', 'apple.receipt_signer_missing', 'apple.receipt_signer_unsuitable'],
  run(state) {
    const certificates = parseAll(state);
    const certificate = signerAmong(certificates, state);
    if (!certificate.extensions.has(RECEIPT_SIGNING)) {
      throw new EvidenceError('apple.receipt_signer_unsuitable', 'the signer is not one for App Attest receipts', {
        clause,
        expected: `extension ${RECEIPT_SIGNING}`,
      });
    }
    state.signer.value = { certificate, issuers: issuersAmong(certificates, certificate) };
    return undefined;
  },
};

function parseAll(state: ReceiptState): readonly Certificate[] {
  const sent = state.signed.value.certificates;
  if (sent.length > MAX_CERTIFICATES) {
    throw new EvidenceError('apple.receipt_signer_missing', 'the receipt carries too many certificates', {
      clause,
      expected: `at most ${MAX_CERTIFICATES}`,
      found: String(sent.length),
    });
  }
  return decoding('apple.receipt_certificate_malformed', 'a certificate of the receipt', clause, () =>
    sent.map((der) => recallIssuer(state.memory, der)),
  );
}

/** RFC 5652, 5.3: the signer is named by issuer and serial number. */
function signerAmong(certificates: readonly Certificate[], state: ReceiptState): Certificate {
  const { issuer, serial } = state.signed.value.signer;
  const found = certificates.find((each) => equalBytes(each.issuer.raw, issuer) && equalBytes(each.serial, serial));
  if (found !== undefined) return found;
  throw new EvidenceError('apple.receipt_signer_missing', 'the certificate of the signer did not come along', {
    clause,
  });
}

/** The issuer by its exact name; anything else that came along, such as a root, is left out: trust is never taken from input. */
function issuersAmong(certificates: readonly Certificate[], { issuer }: Certificate): readonly Certificate[] {
  return certificates.filter(({ subject }) => equalBytes(subject.raw, issuer.raw)).slice(0, 1);
}
