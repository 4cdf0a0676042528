import { FormatError } from './error.ts';
import { fromUnits } from './utf8.ts';

interface Alphabet {
  /** Character code of each of the 64 values. */
  readonly characters: Uint8Array;
  /** Value of each character code under 128; INVALID for the others. */
  readonly values: Uint8Array;
  readonly padded: boolean;
}

const INVALID = 0x80;
const PAD = 0x3d;
const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const BASE64 = alphabet(`${COMMON}+/`, true);
const BASE64URL = alphabet(`${COMMON}-_`, false);

function alphabet(characters: string, padded: boolean): Alphabet {
  const codes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
  const values = new Uint8Array(128).fill(INVALID);
  for (const [value, code] of codes.entries()) values[code] = value;
  return { characters: codes, values, padded };
}

/**
 * Bytes of standard base64 in its only canonical form (RFC 4648 4 and 3.5): padded, no white space, unused bits zero.
 * Throws `base64.length_invalid`, `base64.character_invalid`, `base64.not_canonical`.
 */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> {
  return decode(text, BASE64);
}

/** Bytes of base64url (RFC 4648 5) without padding, otherwise as strict as {@link parseBase64}. */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> {
  return decode(text, BASE64URL);
}

/** Standard base64, padded. */
export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, BASE64);
}

/** base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return encode(bytes, BASE64URL);
}

function decode(text: string, { values, padded }: Alphabet): Uint8Array<ArrayBuffer> {
  const length = padded ? unpaddedLength(text) : text.length;
  if (length % 4 === 1) throw new FormatError('base64.length_invalid', text.length);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  const whole = length - (length % 4);
  let to = 0;
  for (let at = 0; at < whole; at += 4) {
    const quad =
      (sextet(values, text, at) << 18) |
      (sextet(values, text, at + 1) << 12) |
      (sextet(values, text, at + 2) << 6) |
      sextet(values, text, at + 3);
    bytes[to++] = quad >> 16;
    bytes[to++] = quad >> 8;
    bytes[to++] = quad;
  }
  if (whole < length) decodeTail(text, whole, length, values, bytes.subarray(to));
  return bytes;
}

/** The two or three characters that stand for one or two last bytes. */
function decodeTail(text: string, at: number, end: number, values: Uint8Array, to: Uint8Array): void {
  const third = at + 2 < end ? sextet(values, text, at + 2) : 0;
  const bits = (sextet(values, text, at) << 18) | (sextet(values, text, at + 1) << 12) | (third << 6);
  const unused = to.length === 1 ? 0xffff : 0xff;
  if ((bits & unused) !== 0) throw new FormatError('base64.not_canonical', end - 1);
  to[0] = bits >> 16;
  if (to.length === 2) to[1] = bits >> 8;
}

function sextet(values: Uint8Array, text: string, at: number): number {
  const code = text.charCodeAt(at);
  const value = code < 0x80 ? values[code] : INVALID;
  if (value === undefined || value === INVALID) throw new FormatError('base64.character_invalid', at);
  return value;
}

function unpaddedLength(text: string): number {
  if (text.length % 4 !== 0) throw new FormatError('base64.length_invalid', text.length);
  if (text.charCodeAt(text.length - 1) !== PAD) return text.length;
  return text.charCodeAt(text.length - 2) === PAD ? text.length - 2 : text.length - 1;
}

function encode(bytes: Uint8Array, { characters, padded }: Alphabet): string {
  const length = padded ? Math.ceil(bytes.length / 3) * 4 : Math.ceil((bytes.length * 4) / 3);
  const codes = new Uint8Array(length).fill(PAD);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[to++] = characters[triple >> 18] ?? 0;
    codes[to++] = characters[(triple >> 12) & 0x3f] ?? 0;
    if (left > 1) codes[to++] = characters[(triple >> 6) & 0x3f] ?? 0;
    if (left > 2) codes[to++] = characters[triple & 0x3f] ?? 0;
  }
  return fromUnits(codes);
}
