import { EvidenceError } from '@assay/core';
import type { Certificate } from './certificate.ts';
import { publicKeyOf } from './keys.ts';
import { SIGNATURE_ALGORITHMS, verifySignedBy } from './signatures.ts';

/** True when the certificate verifies with the key that it carries (RFC 5280 3.2), whatever its names say. */
export function isSelfSigned(certificate: Certificate): boolean {
  try {
    verifySignedBy(certificate, publicKeyOf(certificate), SIGNATURE_ALGORITHMS);
    return true;
  } catch (error) {
    if (error instanceof EvidenceError) return false;
    throw error;
  }
}
