// What an attacker makes of what he has read: edits, forgeries with keys of his own, openings without the right key.
import { createDecipheriv, createHash, createHmac, diffieHellman, type KeyObject } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat, lengthPrefixed, parseBase64url, toBase64url, uint32, utf8 } from '@assay/formats';
import {
  createProof,
  type EcJwk,
  generateSigningKey,
  importEcKey,
  type SigningKey,
  sha256,
  toSigningInput,
} from '@assay/tokens';
import { type Members, membersOf, payloadOf } from './wire.ts';

const JTI_BYTES = 16;

/** A key that nobody has registered. */
export const ownKey = (): SigningKey => generateSigningKey().key;

/** Replaces parts of a compact JWS; its signature stays as it was. */
export function edited(jws: string, change: { readonly header?: Members; readonly payload?: Members }): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const parts = [merged(header, change.header), merged(payload, change.payload), signature];
  return parts.join('.');
}

/** The same with a signature by a key of the attacker's. */
export function resigned(
  jws: string,
  change: { readonly header?: Members; readonly payload?: Members },
  key: SigningKey,
): string {
  const [header = '', payload = ''] = edited(jws, change).split('.');
  return `${header}.${payload}.${toBase64url(key.sign(utf8(`${header}.${payload}`)))}`;
}

/** Members that are `undefined` are left out. */
function merged(part: string, change: Members | undefined): string {
  if (change === undefined) return part;
  const members = { ...membersOf(new TextDecoder().decode(parseBase64url(part))), ...change };
  return toBase64url(utf8(JSON.stringify(members)));
}

/** The part of a compact JWS that says how it is signed. */
export function headerIn(jws: string): Members {
  const [header = ''] = jws.split('.');
  return membersOf(new TextDecoder().decode(parseBase64url(header)));
}

/** Order of the base point of P-256 (SEC 2, 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = 32;

/** The other signature that verifies as well: (r, n - s). */
export function malleated(jws: string): string {
  const at = jws.lastIndexOf('.') + 1;
  const signature = parseBase64url(jws.slice(at));
  const s = BigInt(`0x${Buffer.from(signature.subarray(HALF)).toString('hex')}`);
  const other = Buffer.from((ORDER - s).toString(16).padStart(2 * HALF, '0'), 'hex');
  return jws.slice(0, at) + toBase64url(concat(signature.subarray(0, HALF), other));
}

/** `alg: none`, with nothing for a signature. */
export function unsecured(jws: string): string {
  const [header, payload] = edited(jws, { header: { alg: 'none' } }).split('.');
  return `${header}.${payload}.`;
}

/** An HMAC with the public key for its secret: what a verifier does that lets the token choose the algorithm. */
export function hmacOfPublicKey(jws: string, secret: string): string {
  const [header = '', payload = ''] = edited(jws, { header: { alg: 'HS512' } }).split('.');
  // HS512, because its 64 octets pass for a signature of ES256 by their length.
  return `${header}.${payload}.${createHmac('sha512', secret).update(`${header}.${payload}`).digest('base64url')}`;
}

/** A token in all the right words by the wrong issuer. */
export function forgedToken(jws: string, key: SigningKey, header: Members = {}): string {
  const input = toSigningInput({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...jsonOnly(header) }, payloadBytes(jws));
  return `${input}.${toBase64url(key.sign(utf8(input)))}`;
}

const payloadBytes = (jws: string): Uint8Array => parseBase64url(jws.split('.')[1] ?? '');

/** Only texts go into a header. */
function jsonOnly(members: Members): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, `${value}`]));
}

/** What a proof says. */
export interface ForgedProof {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly nonce?: string | undefined;
  /** Seconds since the epoch. */
  readonly iat: number;
}

/** A complete proof by a key of the attacker's. */
export function ownProof({ token, ...claims }: ForgedProof, key: SigningKey, random: Random): Promise<string> {
  const proof = { ...claims, jti: random(JTI_BYTES), accessTokenHash: sha256(utf8(token)) };
  return createProof(proof, key.publicJwk, (input) => key.sign(input));
}

/** The nonce in a proof. */
export function nonceIn(proof: string): string | undefined {
  const { nonce } = payloadOf(proof);
  return typeof nonce === 'string' ? nonce : undefined;
}

/** An instance key's JWS in another hand: the header names the new key, the payload is untouched. */
export function rekeyed(jws: string, key: SigningKey, payload: Members = {}): string {
  return resigned(jws, { header: { jwk: { ...key.publicJwk } }, payload }, key);
}

/**
 * Tries to open a sealed secret (RFC 7518 4.6 with A256GCM) with a private key, as whoever holds that key would: no header is
 * compared, nothing is refused for form. Undefined where the box stays shut.
 */
export function forceOpen(box: string, privateKey: KeyObject): Uint8Array | undefined {
  const [header = '', , iv = '', ciphertext = '', tag = ''] = box.split('.');
  const { epk, apu, apv } = membersOf(new TextDecoder().decode(parseBase64url(header)));
  const secret = diffieHellman({ privateKey, publicKey: importEcKey(epk as EcJwk) }); // a box by the server has one
  const decipher = createDecipheriv(
    'aes-256-gcm',
    contentKey(secret, `${apu ?? ''}`, `${apv ?? ''}`),
    parseBase64url(iv),
  );
  decipher.setAAD(utf8(header)).setAuthTag(parseBase64url(tag));
  const opened = decipher.update(parseBase64url(ciphertext));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Concat KDF of one round (NIST SP 800-56A 5.8.1). */
function contentKey(secret: Uint8Array, apu: string, apv: string): Uint8Array {
  const info = [utf8('A256GCM'), parseBase64url(apu), parseBase64url(apv)].map(lengthPrefixed);
  return createHash('sha256')
    .update(concat(uint32(1), secret, ...info, uint32(256)))
    .digest();
}
