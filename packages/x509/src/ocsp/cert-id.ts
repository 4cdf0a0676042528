import { hash } from 'node:crypto';
import { DerReader, equalBytes, TAG } from '@assay/formats';
import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import type { CertId, SingleResponse } from './single.ts';

/** Digests of a CertID. SHA-1 names the issuer here and vouches for nothing: the name, the key and the serial are compared. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
]);

/**
 * The one response about this certificate of this issuer (RFC 6960 3.2, 1). Two of them could contradict each other, and
 * are refused like none. Raises ocsp.certid_mismatch.
 */
export function responseAbout(
  responses: readonly SingleResponse[],
  leaf: Certificate,
  issuer: Certificate,
): SingleResponse {
  const [response, ...others] = responses.filter(({ certId }) => isAbout(certId, leaf, issuer));
  if (response !== undefined && others.length === 0) return response;
  const found = response === undefined ? 'none' : `${others.length + 1}`;
  throw refused('ocsp.certid_mismatch', {
    clause: 'RFC 6960 3.2',
    expected: 'one response about the certificate',
    found,
  });
}

function isAbout(certId: CertId, leaf: Certificate, issuer: Certificate): boolean {
  const digest = DIGESTS.get(certId.hashAlgorithm);
  return (
    digest !== undefined &&
    equalBytes(certId.serial, leaf.serial) &&
    equalBytes(certId.issuerNameHash, hash(digest, leaf.issuer.raw, 'buffer')) &&
    equalBytes(certId.issuerKeyHash, hash(digest, keyBits(issuer), 'buffer'))
  );
}

/** The value of the BIT STRING subjectPublicKey, without its tag, length and count of unused bits (RFC 6960 4.1.1). */
export function keyBits({ spki }: { readonly spki: Uint8Array }): Uint8Array {
  const fields = DerReader.of(spki).enter(TAG.SEQUENCE);
  fields.skip();
  return fields.bitString().bytes;
}
