import { ConfigError, RequestError } from '@assay/core';
import { parseBase64url } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { CompactEncrypt, type CryptoKey, calculateJwkThumbprint, importJWK } from 'jose';
import { ALG, ENC, TYP } from './header.ts';
import { isSecretName, MAX_SECRET_BYTES } from './limits.ts';
import { pad } from './padding.ts';

export interface BoxRequest {
  /** The app's encryption key E, made anew for each request. */
  readonly recipient: EcJwk;
  readonly name: string;
  readonly version: number;
  readonly iss: string;
  /** Seconds since the epoch after which the app forgets the secret. */
  readonly exp: number;
  /** base64url SHA-256 of the request JWS that this answers. */
  readonly rqh: string;
  /** base64url thumbprint of the instance key K. */
  readonly jktK: string;
  readonly plaintext: Uint8Array;
}

/**
 * Seals one secret to the app's encryption key: a compact JWE, ECDH-ES with A256GCM (RFC 7518 4.6, 5.3). The box says
 * nothing about its sender, so it is worth something only inside a signed reply.
 *
 * @throws RequestError `secrets.recipient_invalid`, ConfigError `secrets.value_too_large`, `secrets.name_invalid`.
 */
export async function sealBox(request: BoxRequest): Promise<string> {
  const { recipient, name, version, iss, exp, rqh, jktK, plaintext } = request;
  if (!isSecretName(name)) throw new ConfigError('secrets.name_invalid', 'the name of the secret cannot be delivered');
  if (plaintext.length > MAX_SECRET_BYTES) {
    throw new ConfigError('secrets.value_too_large', `secret ${name} is larger than ${MAX_SECRET_BYTES} bytes`);
  }
  const key = await importRecipient(recipient);
  const kid = await calculateJwkThumbprint(recipient);
  return new CompactEncrypt(pad(plaintext))
    .setProtectedHeader({ alg: ALG, enc: ENC, typ: TYP, kid, sec: `${name}@${version}`, iss, exp })
    .setKeyManagementParameters({ apu: parseBase64url(rqh), apv: parseBase64url(jktK) })
    .encrypt(key);
}

async function importRecipient({ kty, crv, x, y }: EcJwk): Promise<CryptoKey | Uint8Array> {
  try {
    return await importJWK({ kty, crv, x, y }, ALG);
  } catch (error) {
    throw new RequestError('secrets.recipient_invalid', 'the encryption key is no P-256 key', {}, { cause: error });
  }
}
