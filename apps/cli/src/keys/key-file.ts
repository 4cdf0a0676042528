import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { EcJwk } from '@assay/pins';
import { importSigningKey, type SigningKey, toKid } from '@assay/tokens';
import { z } from 'zod';
import { codeOf } from '../errno.ts';
import { readText } from '../input.ts';
import { fault } from '../reasons.ts';

const MAX_KEY_BYTES = 16_384;

/** A key that a root document may name: its public half, and the signer where the file holds the private one. */
export interface NamedKey {
  readonly kid: string;
  readonly jwk: EcJwk;
  readonly signer: SigningKey | undefined;
}

const Coordinate = z.string().length(43);
const PublicJwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate });

/** As the admin API gives a reply key out, or a bare JWK. */
const KeyDocument = z.union([z.looseObject({ jwk: PublicJwk }).transform(({ jwk }) => jwk), PublicJwk]);

/** A new P-256 key as PEM: PKCS #8 and SubjectPublicKeyInfo. */
export function generateKeyFiles(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/**
 * Writes a file that was not there, synced before anybody relies on it.
 *
 * @throws RequestError `cli.file_exists`; UpstreamError `cli.file_unreadable`
 */
export function writeNewFile(path: string, text: string, mode: 0o600 | 0o644): void {
  try {
    const file = openSync(path, 'wx', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw fault('cli.file_exists', { found: path });
    throw fault('cli.file_unreadable', { message: `cannot write ${path}`, found: code }, error);
  }
}

/**
 * A key out of a file: PEM of either half, or JSON with a JWK. Nothing of the file is ever in an error.
 *
 * @throws ConfigError `cli.key_unusable`
 */
export function readKey(path: string): NamedKey {
  const text = readText(path, MAX_KEY_BYTES);
  if (text.includes('PRIVATE KEY-----')) return namedSigner(readSigner(path, text));
  const jwk = text.includes('-----BEGIN') ? publicOfPem(path, text) : publicOfJson(path, text);
  return { kid: toKid(jwk), jwk, signer: undefined };
}

/** @throws ConfigError `cli.key_unusable` when the file holds no private key */
export function readSigningKey(path: string): SigningKey {
  const { signer } = readKey(path);
  if (signer !== undefined) return signer;
  throw fault('cli.key_unusable', { message: `${path} holds no private key`, expected: 'a key that can sign' });
}

function namedSigner(signer: SigningKey): NamedKey {
  return { kid: signer.kid, jwk: signer.publicJwk, signer };
}

function readSigner(path: string, pem: string): SigningKey {
  try {
    return importSigningKey(createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));
  } catch {
    // No cause: a decoder's message may tell about the key.
    throw unusable(path, 'an unencrypted P-256 private key in PEM');
  }
}

function publicOfPem(path: string, pem: string): EcJwk {
  const key = attempt(() => createPublicKey(pem));
  return strictJwk(path, key?.export({ format: 'jwk' }));
}

function publicOfJson(path: string, text: string): EcJwk {
  const jwk = KeyDocument.safeParse(attempt((): unknown => JSON.parse(text))).data;
  // A round trip proves that the coordinates are a point of the curve.
  const key = jwk && attempt(() => createPublicKey({ key: jwk, format: 'jwk' }));
  return strictJwk(path, key?.export({ format: 'jwk' }));
}

function strictJwk(path: string, jwk: ReturnType<KeyObject['export']> | object | undefined): EcJwk {
  const result = PublicJwk.safeParse(jwk);
  if (result.success) return result.data;
  throw unusable(path, 'a P-256 key: PEM of either half, or a JWK');
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function unusable(path: string, expected: string): Error {
  return fault('cli.key_unusable', { message: `${path} holds no key that is usable here`, expected });
}
