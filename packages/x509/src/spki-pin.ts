import { hash } from 'node:crypto';
import { FormatError } from '@assay/formats';

/**
 * The pin of a certificate: base64 SHA-256 of its SubjectPublicKeyInfo (RFC 7469 2.4), straight from the DER.
 * Walks over six fields and never parses the rest, because pinning tools read very many certificates; for anything but
 * a pin use parseCertificate. Raises FormatError when the walk leaves the input.
 */
export function spkiPin(certificateDer: Uint8Array): string {
  return spkiDigest(spkiOf(certificateDer));
}

/** base64 SHA-256 of a SubjectPublicKeyInfo (DER). */
export function spkiDigest(spki: Uint8Array): string {
  return hash('sha256', spki, 'base64');
}

/** Fields of TBSCertificate between the version and the key: serial, algorithm, issuer, validity, subject. */
const FIELDS_BEFORE_KEY = 5;
const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** The SubjectPublicKeyInfo element of a certificate, as a view. Raises FormatError. */
export function spkiOf(der: Uint8Array): Uint8Array {
  let at = contentOf(der, contentOf(der, 0));
  if (der[at] === VERSION) at = endOf(der, at);
  for (let field = 0; field < FIELDS_BEFORE_KEY; field++) at = endOf(der, at);
  if (der[at] !== SEQUENCE) throw outside(at);
  return der.subarray(at, endOf(der, at));
}

/** Where the content of the SEQUENCE at `at` starts. */
function contentOf(der: Uint8Array, at: number): number {
  if (der[at] !== SEQUENCE) throw outside(at);
  endOf(der, at);
  return at + 2 + lengthOctets(der, at);
}

/** Octets of the length beyond its first. */
function lengthOctets(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0;
  return first < 0x80 ? 0 : first & 0x7f;
}

/** Where the element at `at` ends; inside the input, or a FormatError. Lengths beyond three octets never occur. */
function endOf(der: Uint8Array, at: number): number {
  const first = der[at + 1];
  if (first === undefined || first === 0x80 || first > 0x83) throw outside(at);
  let length = first;
  let content = at + 2;
  if (first > 0x80) {
    length = 0;
    for (const end = content + (first & 0x7f); content < end; content++) length = length * 256 + (der[content] ?? 0);
  }
  if (content + length > der.length) throw outside(at);
  return content + length;
}

function outside(offset: number): FormatError {
  return new FormatError('der.truncated', offset, { expected: 'the fields of a certificate up to its public key' });
}
