import * as crypto from 'node:crypto';
import { createBoundedMap } from './bounded-map.ts';
import { fault } from './fault.ts';
import { type EcJwk, thumbprintPreimage } from './wire/jwk.ts';

/** SHA-256. */
export function sha256(bytes: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(crypto.createHash('sha256').update(bytes).digest());
}

/** base64url SHA-256 of an ASCII text: `ath`, `att_h`, `rqh`. No two texts share an encoding, ASCII or not. */
export function textHash(text: string): string {
  return hashText(text);
}

/** `hash` came with Node 20.12 and costs half of `createHash` on texts of this length. */
const hashText: (text: string) => string =
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

/** One import without memory; OpenSSL refuses a point that is not on the curve. Throws `tokens.key_invalid`. */
export function importEcKey({ kty, crv, x, y }: EcJwk): crypto.KeyObject {
  try {
    return crypto.createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch (error) {
    throw fault('tokens.key_invalid', {}, { cause: error });
  }
}
