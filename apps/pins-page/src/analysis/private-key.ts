import { DerReader, FormatError, TAG } from '@assay/formats';
import { isDer } from './der.ts';

/** What holds a private key, in the forms that people paste by mistake: PEM of every kind, PuTTY, age, JWK. */
const MARKS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/,
  /-----BEGIN PGP PRIVATE/,
  /PuTTY-User-Key-File-\d/,
  /AGE-SECRET-KEY-1/,
];

/** Both together are a JSON Web Key with its private member (RFC 7518 6). */
const JWK: readonly RegExp[] = [/"kty"/, /"d"\s{0,20}:\s{0,20}"[A-Za-z0-9_-]{20}/];

/** True for a private key as text, and for DER of PKCS#8, PKCS#1, SEC 1 and PKCS#12. Such input is never kept. */
export function holdsPrivateKey(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  return MARKS.some((mark) => mark.test(text)) || JWK.every((mark) => mark.test(text)) || isPrivateDer(bytes);
}

/** Private keys begin with a version number, which no certificate, request or public key does, or wrap an encrypted one. */
function isPrivateDer(bytes: Uint8Array): boolean {
  if (!isDer(bytes)) return false;
  try {
    const fields = DerReader.of(bytes, { maxBytes: bytes.length }).enter(TAG.SEQUENCE);
    if (fields.peek() === TAG.INTEGER) return true;
    fields.skip();
    return fields.peek() === TAG.OCTET_STRING;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
