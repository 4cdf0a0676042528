import { createHmac, type KeyObject } from 'node:crypto';
import { lengthPrefixed, toBase64url, utf8 } from '@assay/formats';

/**
 * HMAC-SHA256 over a domain and length-prefixed members, base64url. A key object, because Node 24 takes six times as long to
 * begin with plain bytes, and records need a dozen of these for each enrolment.
 */
export function hmacOf(key: KeyObject, domain: string, ...members: readonly string[]): string {
  const mac = createHmac('sha256', key).update(`${domain}\0`);
  for (const member of members) mac.update(lengthPrefixed(utf8(member)));
  return toBase64url(mac.digest());
}

/** A certificate as records keep it: found again by whoever holds the key and the serial, and by nobody else. */
export function certificateMarks(
  key: KeyObject,
  certificate: { readonly serialHex: string; readonly spkiDigest: string },
) {
  return {
    serial: serialMark(key, certificate.serialHex),
    spki: hmacOf(key, 'assay/record/spki/v1', certificate.spkiDigest),
  };
}

/** A certificate's serial (lower-case hex without leading zeros) as records keep it. */
export function serialMark(key: KeyObject, serialHex: string): string {
  return hmacOf(key, 'assay/record/serial/v1', serialHex);
}

/** A client address, comparable within one UTC day and not after it. */
export function addressMark(key: KeyObject, day: string, address: string): string {
  return hmacOf(key, 'assay/record/address/v1', day, address);
}
