import { DerReader, FormatError, TAG } from '@assay/formats';
import {
  type AlgorithmIdentifier,
  parseKeyAlgorithm,
  publicKeyOf,
  SIGNATURE_ALGORITHMS,
  verifySignedBy,
} from '@assay/x509';
import { unusable } from './unusable.ts';

/**
 * The SubjectPublicKeyInfo of a certificate request (RFC 2986) that its own key signed.
 *
 * @throws ConfigError `pins.request_signature_invalid`; FormatError
 */
export function spkiOfRequest(der: Uint8Array): Uint8Array {
  const reader = DerReader.of(der);
  const outer = reader.enter(TAG.SEQUENCE);
  const tbs = outer.raw(TAG.SEQUENCE);
  const signatureAlgorithm = algorithmOf(outer.raw(TAG.SEQUENCE));
  const signature = outer.bitString().bytes;
  outer.end();
  reader.end();
  const info = DerReader.of(tbs).enter(TAG.SEQUENCE);
  info.integer();
  info.raw(TAG.SEQUENCE);
  const spki = info.raw(TAG.SEQUENCE);
  assertOwnSignature(spki, { tbs, signatureAlgorithm, signature });
  return spki;
}

function algorithmOf(raw: Uint8Array): AlgorithmIdentifier {
  const fields = DerReader.of(raw).enter(TAG.SEQUENCE);
  return { raw, oid: fields.oid(), parameters: fields.isEmpty ? undefined : fields.raw() };
}

function assertOwnSignature(spki: Uint8Array, signed: Parameters<typeof verifySignedBy>[0]): void {
  try {
    verifySignedBy(signed, publicKeyOf({ spki, key: parseKeyAlgorithm(spki) }), SIGNATURE_ALGORITHMS);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw unusable('pins.request_signature_invalid');
  }
}
