import { createPublicKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@assay/core';
import { concat, equalBytes, toPem } from '@assay/formats';

/** Length of an uncompressed P-256 point: 0x04, x, y (SEC 1, 2.3.3). */
const POINT_LENGTH = 65;

/** DER of a P-256 SubjectPublicKeyInfo up to its point (RFC 5480, 2.1): every P-256 SPKI has this one form. */
const SPKI_PREFIX = Uint8Array.from([
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
  0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
]);

/** The uncompressed point inside a P-256 SPKI, or undefined for any other key or form. */
export function pointOfSpki(spki: Uint8Array): Uint8Array | undefined {
  const start = SPKI_PREFIX.length;
  if (spki.length !== start + POINT_LENGTH || spki[start] !== 0x04) return undefined;
  return equalBytes(spki.subarray(0, start), SPKI_PREFIX) ? spki.subarray(start) : undefined;
}

/**
 * The key of an uncompressed P-256 point. Building it costs about as much as a verification: keep the KeyObject of a
 * device that asks often.
 *
 * @throws ConfigError `apple.stored_key_unusable` when the bytes are no point on the curve: they come from our own store
 */
export function keyOfPoint(point: Uint8Array): KeyObject {
  try {
    return createPublicKey(toPem(concat(SPKI_PREFIX, point), 'PUBLIC KEY')); // as PEM: see publicKeyOf of x509
  } catch (cause) {
    throw new ConfigError('apple.stored_key_unusable', 'the stored App Attest key is not a P-256 point', {}, { cause });
  }
}
