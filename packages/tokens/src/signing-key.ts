import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { utf8 } from '@assay/formats';
import { type EcJwk, ecJwk } from '@assay/formats/shape';
import { thumbprint } from './ec-keys.ts';
import { signEs256 } from './es256.ts';
import { fault, within } from './fault.ts';
import { joinJws, toSigningInput } from './wire/jws.ts';

/** A P-256 key that signs, in this process or behind a device of its own. */
export interface SigningKey {
  /** First 16 characters of the thumbprint: never reused, tells nothing. */
  readonly kid: string;
  readonly publicJwk: EcJwk;
  /** ES256 signature over the bytes: r then s, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

const KID_CHARACTERS = 16;

/** The name of a signing key. */
export function toKid(jwk: EcJwk): string {
  return thumbprint(jwk).slice(0, KID_CHARACTERS);
}

/** A new key, with its private half in PKCS #8 DER for sealing at rest. */
export function generateSigningKey(): { readonly key: SigningKey; readonly pkcs8: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: fromPrivateKey(privateKey), pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}

/** The key in a PKCS #8 DER. Throws ConfigError `tokens.key_ring_invalid` for anything but a P-256 private key. */
export function importSigningKey(pkcs8: Uint8Array): SigningKey {
  return fromPrivateKey(readPrivateKey(pkcs8));
}

function readPrivateKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    // No cause: a decoder's message may tell about the key.
    throw fault('tokens.key_ring_invalid', { expected: 'a private key in PKCS #8' });
  }
}

function fromPrivateKey(privateKey: KeyObject): SigningKey {
  const publicJwk = within('tokens.key_ring_invalid', () => publicHalf(privateKey));
  return { kid: toKid(publicJwk), publicJwk, sign: (bytes) => signEs256(bytes, privateKey) };
}

function publicHalf(privateKey: KeyObject): EcJwk {
  const { kty = '', crv = '', x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return ecJwk({ kty, crv, x, y }, '$');
}

/** A compact JWS with header `alg`, `typ`, `kid`. */
export function signJws(typ: string, payload: object, key: SigningKey): string {
  const header = { alg: 'ES256', typ, kid: key.kid };
  const signingInput = toSigningInput(header, utf8(JSON.stringify(payload)));
  return joinJws(signingInput, key.sign(utf8(signingInput)));
}
