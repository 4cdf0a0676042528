import { ConfigError, type Random } from '@assay/core';
import { concat, FormatError, lengthPrefixed, parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { decrypt, encrypt, IV_BYTES, KEY_BYTES } from './gcm.ts';
import { isKekId, type KekRing } from './kek.ts';

/**
 * A sealed row: `v1.<kek id>.<iv>.<wrapped row key>.<ciphertext>`, base64url parts. Each row has a key of its own, used
 * once, and the row's place is authenticated with its content: a row that is copied to another place does not open. One
 * that was in this very place before does: a secret's place therefore names its version. The key-encryption key's id is authenticated in the wrapping rather than here, so that a
 * new key needs only the row keys wrapped again, never the values sealed again.
 */
interface Row {
  readonly kekId: string;
  readonly iv: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Where a row belongs, from coarse to fine, beginning with its kind: `['secret', iss, app, name, version]`. */
export type Place = readonly [kind: string, ...rest: string[]];

const DOMAIN = utf8('assay/row/v1\0');

/**
 * Seals bytes for one place.
 *
 * @example
 * const sealed = await sealRow(ring, privateKeyDer, ['key', iss, 'token', kid], random);
 */
export async function sealRow(ring: KekRing, plaintext: Uint8Array, place: Place, random: Random): Promise<string> {
  const [rowKey, iv] = [random(KEY_BYTES), random(IV_BYTES)];
  const sealed = encrypt(rowKey, iv, plaintext, contextOf(place));
  const wrapped = await ring.wrap(rowKey);
  rowKey.fill(0);
  return toText({ kekId: ring.currentId, iv, wrapped, sealed });
}

/**
 * Opens a row in its place.
 *
 * @throws ConfigError `secrets.row_malformed`, `secrets.kek_unknown`, `secrets.kek_wrong`, `secrets.row_not_opened`.
 */
export async function openRow(ring: KekRing, text: string, place: Place): Promise<Uint8Array> {
  const row = parseRow(text);
  const rowKey = await ring.unwrap(row.kekId, row.wrapped);
  const plaintext = rowKey.length === KEY_BYTES ? decrypt(rowKey, row.iv, row.sealed, contextOf(place)) : undefined;
  rowKey.fill(0);
  if (plaintext === undefined)
    throw new ConfigError('secrets.row_not_opened', `a row of kind ${place[0]} does not open`);
  return plaintext;
}

/** The row under the current key-encryption key; the same text when it is already. The value itself is not opened. */
export async function rewrapRow(ring: KekRing, text: string): Promise<string> {
  const row = parseRow(text);
  if (row.kekId === ring.currentId) return text;
  const rowKey = await ring.unwrap(row.kekId, row.wrapped);
  const wrapped = await ring.wrap(rowKey);
  rowKey.fill(0);
  return toText({ ...row, kekId: ring.currentId, wrapped });
}

/** The id of the key-encryption key that a row is under: counts what is still to be rewrapped. */
export function kekIdOf(text: string): string {
  return parseRow(text).kekId;
}

function contextOf(place: Place): Uint8Array {
  return concat(DOMAIN, ...place.map((part) => lengthPrefixed(utf8(part))));
}

function toText({ kekId, iv, wrapped, sealed }: Row): string {
  return ['v1', kekId, ...[iv, wrapped, sealed].map(toBase64url)].join('.');
}

function parseRow(text: string): Row {
  const [version, kekId, iv, wrapped, sealed, ...rest] = text.split('.', 6);
  const isWhole = iv !== undefined && wrapped !== undefined && sealed !== undefined && rest.length === 0;
  if (version !== 'v1' || kekId === undefined || !isKekId(kekId) || !isWhole) throw malformed();
  try {
    return { kekId, iv: parseBase64url(iv), wrapped: parseBase64url(wrapped), sealed: parseBase64url(sealed) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw malformed();
  }
}

const malformed = (): ConfigError => new ConfigError('secrets.row_malformed', 'a sealed row is not in its form');
