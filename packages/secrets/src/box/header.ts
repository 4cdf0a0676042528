import { RequestError } from '@assay/core';
import { parseBase64url, parseStrictJson } from '@assay/formats';

/** The members of a box's protected header, all of them, no other (`docs/protocol.md`, Reply). */
export interface BoxHeader {
  readonly alg: 'ECDH-ES';
  readonly enc: 'A256GCM';
  readonly epk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  /** Thumbprint of the app's encryption key E. */
  readonly kid: string;
  /** Hash of the request that the box answers; enters the key derivation. */
  readonly apu: string;
  /** Thumbprint of the instance key K; enters the key derivation. */
  readonly apv: string;
  /** `name@version`. */
  readonly sec: string;
  readonly iss: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly typ: 'assay-secret+jwe';
}

export const TYP = 'assay-secret+jwe';
export const ALG = 'ECDH-ES';
export const ENC = 'A256GCM';

const MEMBERS = ['alg', 'apu', 'apv', 'enc', 'epk', 'exp', 'iss', 'kid', 'sec', 'typ'];
const EPK_MEMBERS = ['crv', 'kty', 'x', 'y'];
const MAX_HEADER_BYTES = 2048;

/**
 * Reads the protected header of a compact JWE, before any key is touched.
 *
 * @throws RequestError `secrets.box_malformed`, or a format's code.
 */
export function parseHeader(encoded: string): BoxHeader {
  const json = parseStrictJson(parseBase64url(encoded), { maxBytes: MAX_HEADER_BYTES, maxDepth: 2 });
  const { alg, enc, epk, kid, apu, apv, sec, iss, exp, typ } = membersOf(json, MEMBERS);
  const { kty, crv, x, y } = membersOf(epk, EPK_MEMBERS);
  if (alg !== ALG || enc !== ENC || typ !== TYP || kty !== 'EC' || crv !== 'P-256')
    throw malformed('alg, enc, typ, epk');
  return {
    alg,
    enc,
    typ,
    epk: { kty, crv, x: textOf(x, 'epk.x'), y: textOf(y, 'epk.y') },
    kid: textOf(kid, 'kid'),
    apu: textOf(apu, 'apu'),
    apv: textOf(apv, 'apv'),
    sec: textOf(sec, 'sec'),
    iss: textOf(iss, 'iss'),
    exp: secondsOf(exp),
  };
}

function membersOf(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('an object');
  const found = Object.keys(value).sort();
  if (found.join() !== names.join()) throw malformed(`exactly ${names.join(', ')}`);
  return value as Readonly<Record<string, unknown>>; // an object of strict JSON, its members checked above
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw malformed(`text in ${name}`);
  return value;
}

function secondsOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw malformed('whole seconds in exp');
  return value;
}

function malformed(expected: string): RequestError {
  return new RequestError('secrets.box_malformed', 'the header of the box is not in its form', { expected });
}
