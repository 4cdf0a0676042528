import { FormatError } from './error.ts';
import type { FormatCode } from './reasons.ts';

// Own code rather than TextEncoder and TextDecoder: Hermes lacks the fatal decoder, and the encoder
// replaces lone surrogates silently, so that two different texts would get one encoding.

/** Characters per call: engines bound the number of arguments. */
const CHUNK = 4096;

/** The UTF-8 form of the text. Throws `utf8.lone_surrogate`. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const point = text.codePointAt(at) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) throw new FormatError('utf8.lone_surrogate', at);
    if (point > 0xffff) at += 1;
    length = writePoint(bytes, length, point);
  }
  return bytes.slice(0, length);
}

function writePoint(bytes: Uint8Array, at: number, point: number): number {
  let length = at;
  if (point < 0x800) {
    bytes[length++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) {
      bytes[length++] = 0xe0 | (point >> 12);
    } else {
      bytes[length++] = 0xf0 | (point >> 18);
      bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[length++] = 0x80 | (point & 0x3f);
  return length;
}

/**
 * The text of bytes that must be UTF-8 (RFC 3629): overlong forms, surrogates and points over U+10FFFF are refused.
 * A byte order mark is kept as a character. Throws `code` at `base` plus the place of the fault.
 */
export function decodeUtf8(bytes: Uint8Array, code: FormatCode = 'utf8.invalid', base = 0): string {
  const ascii = asciiPrefix(bytes);
  const text = fromUnits(bytes.subarray(0, ascii));
  return ascii === bytes.length ? text : text + decodeRest(bytes, ascii, code, base);
}

function asciiPrefix(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at += 1;
  return at;
}

/** The string of these UTF-16 units (or Latin-1 bytes). */
export function fromUnits(units: Uint8Array | Uint16Array): string {
  if (units.length <= CHUNK) return Reflect.apply(String.fromCharCode, undefined, units);
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += fromUnits(units.subarray(at, at + CHUNK));
  return text;
}

function decodeRest(bytes: Uint8Array, start: number, code: FormatCode, base: number): string {
  const units = new Uint16Array(bytes.length - start);
  let length = 0;
  let at = start;
  while (at < bytes.length) {
    const size = sequenceSize(bytes[at] ?? 0);
    const point = size === 0 ? -1 : readPoint(bytes, at, size);
    if (point < 0) throw new FormatError(code, base + at);
    if (point < 0x10000) {
      units[length++] = point;
    } else {
      units[length++] = 0xd7c0 + (point >> 10);
      units[length++] = 0xdc00 | (point & 0x3ff);
    }
    at += size;
  }
  return fromUnits(units.subarray(0, length));
}

/** Bytes of the sequence that begins with this octet; 0 when none does. */
function sequenceSize(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Smallest code point that needs so many bytes. */
const SMALLEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

/** The code point of a sequence, or -1. */
function readPoint(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  if (size === 1) return lead;
  let point = lead & (0x7f >> size);
  for (let next = at + 1; next < at + size; next += 1) {
    const octet = bytes[next];
    if (octet === undefined || (octet & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (octet & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[size] ?? 0) || point > 0x10ffff || isSurrogate ? -1 : point;
}
