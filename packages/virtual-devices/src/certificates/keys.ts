import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Random } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { type EcJwk, fromPoint } from '@assay/tokens/wire';

/** A P-256 key pair of a test phone or a test authority. */
export interface TestKeys {
  readonly jwk: EcJwk;
  /** Uncompressed, 65 bytes. */
  readonly point: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly privateKey: KeyObject;
}

const SCALAR_BYTES = 32;

/** Makes a key pair out of `random` alone: the same bytes give the same key. */
export function createKeys(random: Random): TestKeys {
  const exchange = createECDH('prime256v1');
  const scalar = random(SCALAR_BYTES);
  exchange.setPrivateKey(scalar);
  const point = exchange.getPublicKey();
  const jwk = fromPoint(point);
  return {
    jwk,
    point,
    spki: createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'der', type: 'spki' }),
    privateKey: createPrivateKey({ key: { ...jwk, d: toBase64url(scalar) }, format: 'jwk' }),
  };
}

/** ECDSA with SHA-256, as DER: certificates, assertions. */
export function signDer(bytes: Uint8Array, { privateKey }: TestKeys): Uint8Array {
  return sign('sha256', bytes, privateKey);
}

/** ECDSA with SHA-256, r then s: JWS. */
export function signRaw(bytes: Uint8Array, { privateKey }: TestKeys): Uint8Array {
  return sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}
