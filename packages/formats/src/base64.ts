import { FormatError } from './error.ts';
import { decodeUtf8 } from './utf8.ts';

interface Alphabet {
  /** Character code of each of the 64 values. */
  readonly characters: Uint8Array;
  /** Value of each octet; INVALID for those that are no character of the alphabet. */
  readonly values: Uint8Array;
  readonly foreign: RegExp;
  readonly padded: boolean;
}

const INVALID = 0x80;
const PAD = 0x3d;
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const BASE64 = alphabet(`${LETTERS_AND_DIGITS}+/`, /[^A-Za-z0-9+/]/, true);
const BASE64URL = alphabet(`${LETTERS_AND_DIGITS}-_`, /[^A-Za-z0-9\-_]/, false);

const ENCODER = new TextEncoder();

function alphabet(characters: string, foreign: RegExp, padded: boolean): Alphabet {
  const codes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
  const values = new Uint8Array(256).fill(INVALID);
  for (const [value, code] of codes.entries()) values[code] = value;
  return { characters: codes, values, foreign, padded };
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

function decode(text: string, alphabet: Alphabet): Uint8Array<ArrayBuffer> {
  const length = alphabet.padded ? unpaddedLength(text) : text.length;
  if (length % 4 === 1) throw new FormatError('base64.length_invalid', text.length);
  // Octets are read several times faster than the characters of a string.
  const codes = ENCODER.encode(text);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  // A character outside ASCII takes several octets, all of them invalid, so one of them is always seen.
  if (!decodeInto(bytes, codes.subarray(0, length), alphabet.values)) {
    throw new FormatError('base64.character_invalid', text.search(alphabet.foreign));
  }
  if (!isCanonical(codes, length, alphabet.values)) throw new FormatError('base64.not_canonical', length - 1);
  return bytes;
}

/** Whether all codes were in the alphabet. Looks once at the end, not at every code. */
function decodeInto(bytes: Uint8Array, codes: Uint8Array, values: Uint8Array): boolean {
  let seen = 0;
  let to = 0;
  for (let at = 0; at < codes.length; at += 4) {
    const first = values[codes[at] ?? 0] ?? INVALID;
    const second = values[codes[at + 1] ?? 0] ?? INVALID;
    const third = at + 2 < codes.length ? (values[codes[at + 2] ?? 0] ?? INVALID) : 0;
    const fourth = at + 3 < codes.length ? (values[codes[at + 3] ?? 0] ?? INVALID) : 0;
    seen |= first | second | third | fourth;
    const triple = (first << 18) | (second << 12) | (third << 6) | fourth;
    // Writes behind the end, for a last group of two or three characters, have no effect.
    bytes[to] = triple >> 16;
    bytes[to + 1] = triple >> 8;
    bytes[to + 2] = triple;
    to += 3;
  }
  return (seen & INVALID) === 0;
}

/** RFC 4648 3.5: the bits of the last character that belong to no byte are zero. */
function isCanonical(codes: Uint8Array, length: number, values: Uint8Array): boolean {
  const unused = [0, 0, 0x0f, 0x03][length % 4] ?? 0;
  return ((values[codes[length - 1] ?? 0] ?? 0) & unused) === 0;
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
  return decodeUtf8(codes);
}
