import * as crypto from 'node:crypto';
import { concat, toPem } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { createBoundedMap } from './bounded-map.ts';
import { fault } from './fault.ts';
import type { TokensCode } from './reasons.ts';
import { thumbprintPreimage, toPoint } from './wire/jwk.ts';

/** SHA-256. */
export function sha256(bytes: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(crypto.createHash('sha256').update(bytes).digest());
}

/**
 * base64url SHA-256 of an ASCII text, or of octets: `ath`, `att_h`, `rqh`, `qry_h`, `bod_h`. No two texts share an encoding,
 * ASCII or not.
 */
export function textHash(text: string | Uint8Array): string {
  return hashText(text);
}

/** `hash` came with Node 20.12 and costs half of `createHash` on texts of this length. */
const hashText: (text: string | Uint8Array) => string =
  'hash' in crypto
    ? (text) => crypto.hash('sha256', text, 'base64url')
    : (text) => crypto.createHash('sha256').update(text).digest('base64url');

/** RFC 7638 thumbprint, 32 bytes. Always computed here, never taken from a client. */
export function thumbprintBytes(jwk: EcJwk): Uint8Array<ArrayBuffer> {
  return sha256(thumbprintPreimage(jwk));
}

/** RFC 7638 thumbprint in base64url: the name of an instance, the `jkt` of a token. */
export function thumbprint(jwk: EcJwk): string {
  return crypto.createHash('sha256').update(thumbprintPreimage(jwk)).digest('base64url');
}

/** DER of a P-256 SubjectPublicKeyInfo up to its point (RFC 5480 2.1): every one of them has this form. */
const SPKI_PREFIX = Uint8Array.from([
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
  0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
]);

/** The key as SubjectPublicKeyInfo, DER. Whether it is on the curve is for its import to say. */
export function toSpki(jwk: EcJwk): Uint8Array<ArrayBuffer> {
  return concat(SPKI_PREFIX, toPoint(jwk));
}

/** Imports public keys and remembers some: an import costs as much as half a verification. */
export interface EcKeys {
  /** Throws `tokens.key_invalid` for a point that is not on the curve. */
  import(jwk: EcJwk): crypto.KeyObject;
}

/** Keys of phones come and go: a few thousand hold those that are talking right now. */
const DEFAULT_CAPACITY = 4096;

/** An importer with a memory of at most `capacity` keys; the one longest unused goes first. */
export function createEcKeys(capacity: number = DEFAULT_CAPACITY): EcKeys {
  const remembered = createBoundedMap<crypto.KeyObject>(capacity);
  return {
    import(jwk) {
      const name = `${jwk.x}.${jwk.y}`;
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const key = importEcKey(jwk);
      remembered.set(name, key);
      return key;
    },
  };
}

/**
 * One import without memory; OpenSSL refuses a point that is not on the curve. Throws `code`, which says whose key it was.
 * As PEM, because Node 24 takes three times as long over a JWK: it looks for a key object first, by way of two exceptions.
 */
export function importEcKey(jwk: EcJwk, code: TokensCode = 'tokens.key_invalid'): crypto.KeyObject {
  try {
    return crypto.createPublicKey(toPem(toSpki(jwk), 'PUBLIC KEY'));
  } catch (error) {
    throw fault(code, { expected: 'a point of P-256' }, { cause: error });
  }
}
