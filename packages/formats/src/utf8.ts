import { FormatError } from './error.ts';
import type { FormatCode } from './reasons.ts';

const ENCODER = new TextEncoder();

/** In unicode mode a pair counts as one character outside this range, so only a lone half matches. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Whether the text holds half of a surrogate pair, and so has no UTF-8 form. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/**
 * The UTF-8 form of the text. Throws `utf8.lone_surrogate`, where TextEncoder by itself would write U+FFFD and so give
 * two texts one encoding.
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  if (hasLoneSurrogate(text)) throw new FormatError('utf8.lone_surrogate', text.search(LONE_SURROGATE));
  return ENCODER.encode(text);
}

const DECODER = strictDecoder();

/** The platform's decoder, where it has one that refuses faults; on phones it may be absent or a lenient polyfill. */
function strictDecoder(): InstanceType<typeof TextDecoder> | undefined {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  } catch {
    return undefined;
  }
  try {
    decoder.decode(Uint8Array.of(0xff));
    return undefined;
  } catch {
    return decoder;
  }
}

/**
 * The text of bytes that must be UTF-8 (RFC 3629): overlong forms, surrogates and points over U+10FFFF are refused.
 * A byte order mark is kept as a character. Throws `code` at `base` plus the place of the fault.
 */
export function decodeUtf8(bytes: Uint8Array, code: FormatCode = 'utf8.invalid', base = 0): string {
  if (DECODER === undefined) return decodePortably(bytes, code, base);
  try {
    return DECODER.decode(bytes);
  } catch {
    return decodePortably(bytes, code, base);
  }
}

/** As {@link decodeUtf8} without the platform's help, and with the place of the fault. */
export function decodePortably(bytes: Uint8Array, code: FormatCode, base: number): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceSize(bytes[at] ?? 0);
    const point = readPoint(bytes, at, size);
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

/** The code point of the sequence of this size, or -1. */
function readPoint(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  if (size < 2) return size === 1 ? lead : -1;
  let point = lead & (0x7f >> size);
  for (let next = at + 1; next < at + size; next += 1) {
    const octet = bytes[next];
    if (octet === undefined || (octet & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (octet & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[size] ?? 0) || point > 0x10ffff || isSurrogate ? -1 : point;
}

/** Characters per call: engines bound the number of arguments. */
const CHUNK = 4096;

/** The string of these UTF-16 units, or Latin-1 bytes. */
export function fromUnits(units: Uint8Array | Uint16Array): string {
  if (units.length <= CHUNK) return Reflect.apply(String.fromCharCode, undefined, units);
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += fromUnits(units.subarray(at, at + CHUNK));
  return text;
}
