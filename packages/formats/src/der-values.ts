import { FormatError } from './error.ts';
import { toHex } from './hex.ts';
import { TAG } from './tlv.ts';
import { decodeUtf8, fromUnits } from './utf8.ts';

// Content octets to values. The content of `bytes` from `start` to `end` is read in place: a view for each would cost more
// than most of the values. Offsets of errors count from the start of `bytes`.

/** X.690 8.3.2: at least one octet, and the first nine bits are not all alike. */
export function checkInteger(bytes: Uint8Array, start: number, end: number): void {
  if (start >= end) throw new FormatError('der.integer_empty', start);
  if (start + 1 === end) return;
  const [first, isSecondHigh] = [bytes[start], (bytes[start + 1] ?? 0) >= 0x80];
  if ((first === 0x00 && !isSecondHigh) || (first === 0xff && isSecondHigh)) {
    throw new FormatError('der.integer_not_minimal', start);
  }
}

/** Two's complement, big-endian. */
export function toInteger(bytes: Uint8Array, start: number, end: number): bigint {
  checkInteger(bytes, start, end);
  const unsigned = BigInt(`0x${toHex(bytes.subarray(start, end))}`);
  return isNegative(bytes, start) ? unsigned - (1n << BigInt((end - start) * 8)) : unsigned;
}

/** A number from 0 to `max`. */
export function toSmallInteger(bytes: Uint8Array, start: number, end: number, max: number): number {
  checkInteger(bytes, start, end);
  let value = 0;
  for (let at = start; at < end && value <= max; at += 1) value = value * 256 + (bytes[at] ?? 0);
  if (isNegative(bytes, start) || value > max) throw new FormatError('der.integer_out_of_range', start);
  return value;
}

function isNegative(bytes: Uint8Array, start: number): boolean {
  return (bytes[start] ?? 0) >= 0x80;
}

/** X.690 11.1: false is 0x00, true is 0xff; `lenient` takes every other octet for true, as BER does. */
export function toBoolean(bytes: Uint8Array, start: number, end: number, lenient: boolean): boolean {
  const octet = end - start === 1 ? bytes[start] : undefined;
  if (octet === undefined || (octet !== 0x00 && octet !== 0xff && !lenient)) {
    throw new FormatError('der.boolean_invalid', start);
  }
  return octet !== 0x00;
}

/** X.690 8.6 and 11.2.1: the first octet counts the unused bits of the last, which are zero. */
export function toBitString(bytes: Uint8Array, start: number, end: number): { unused: number; bytes: Uint8Array } {
  const unused = start < end ? (bytes[start] ?? 8) : 8;
  const last = end - start > 1 ? (bytes[end - 1] ?? 0) : 0;
  const isValid = unused <= 7 && (unused === 0 || end - start > 1) && (last & ((1 << unused) - 1)) === 0;
  if (!isValid) throw new FormatError('der.bit_string_invalid', start);
  return { unused, bytes: bytes.subarray(start + 1, end) };
}

/** Octets of one arc: enough for 128 bits (X.667), few enough that no arc costs quadratic time. */
const MAX_ARC_OCTETS = 19;

/**
 * The texts met last, at most one for each slot: certificates repeat a few dozen identifiers, and never end to. The octets
 * are copied: a `slice` of a Node Buffer would be a view, which changes with its input and keeps all of it in memory.
 */
const metOids: ({ readonly content: Uint8Array; readonly text: string } | undefined)[] = [];
const OID_SLOTS = 256;
/** Longer ones are not kept: nothing that certificates repeat is as long. */
const MAX_MET_OCTETS = 16;

/** X.690 8.19: dotted decimal. Each arc is in its shortest form. */
export function toOid(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > MAX_MET_OCTETS) return readOid(bytes, start, end);
  const slot = slotOf(bytes, start, end);
  const met = metOids[slot];
  if (met !== undefined && isContent(met.content, bytes, start, end)) return met.text;
  const text = readOid(bytes, start, end);
  metOids[slot] = { content: new Uint8Array(bytes.subarray(start, end)), text };
  return text;
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) % OID_SLOTS;
  return hash;
}

function isContent(content: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (content.length !== end - start) return false;
  return content.every((octet, index) => octet === bytes[start + index]);
}

function readOid(bytes: Uint8Array, start: number, end: number): string {
  if (start >= end || (bytes[end - 1] ?? 0) >= 0x80) throw new FormatError('der.oid_invalid', start);
  let text = '';
  for (let at = start; at < end; ) {
    const next = arcEnd(bytes, at);
    const arc = readArc(bytes, at, next);
    text += at === start ? firstArcs(arc) : `.${arc}`;
    at = next;
  }
  return text;
}

/** Behind the arc at `start`. The last octet of the content is known to end an arc. */
function arcEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while ((bytes[end] ?? 0) >= 0x80) end += 1;
  if (bytes[start] === 0x80 || end - start >= MAX_ARC_OCTETS) throw new FormatError('der.oid_invalid', start);
  return end + 1;
}

/** A number while it is exact, else a bigint. */
function readArc(bytes: Uint8Array, start: number, end: number): number | bigint {
  if (end - start > 7) return readLongArc(bytes.subarray(start, end));
  let arc = 0;
  for (let at = start; at < end; at += 1) arc = arc * 128 + ((bytes[at] ?? 0) & 0x7f);
  return arc;
}

function readLongArc(octets: Uint8Array): bigint {
  return octets.reduce((arc, octet) => (arc << 7n) | BigInt(octet & 0x7f), 0n);
}

/** The first two arcs share one number: 40 times the first plus the second; only under 2 may the second pass 39. */
function firstArcs(joined: number | bigint): string {
  if (typeof joined === 'bigint') return `2.${joined - 80n}`;
  const first = Math.min(Math.floor(joined / 40), 2);
  return `${first}.${joined - first * 40}`;
}

const CHARACTER_SETS: Readonly<Record<number, RegExp>> = {
  [TAG.NUMERIC]: /^[0-9 ]*$/,
  [TAG.PRINTABLE]: /^[A-Za-z0-9 '()+,\-./:=?]*$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: IA5String is all of ASCII, control characters included.
  [TAG.IA5]: /^[\x00-\x7f]*$/,
  [TAG.VISIBLE]: /^[\x20-\x7e]*$/,
  // T.61 in certificates is read as Latin-1, as every other reader does.
  [TAG.TELETEX]: /^/,
};

/** The text of a character string type, or undefined when the identifier is none. */
export function toText(identifier: number, bytes: Uint8Array, start: number, end: number): string | undefined {
  const content = bytes.subarray(start, end);
  if (identifier === TAG.UTF8) return decodeUtf8(content, 'der.text_invalid', start);
  if (identifier === TAG.BMP) return toBmpText(content, start);
  const characters = CHARACTER_SETS[identifier];
  if (characters === undefined) return undefined;
  const text = fromUnits(content);
  if (!characters.test(text)) throw new FormatError('der.text_invalid', start);
  return text;
}

/** BMPString is UCS-2: two octets a character, no surrogates. */
function toBmpText(content: Uint8Array, base: number): string {
  if (content.length % 2 !== 0) throw new FormatError('der.text_invalid', base);
  const units = new Uint16Array(content.length / 2);
  for (let at = 0; at < units.length; at += 1) {
    const unit = ((content[at * 2] ?? 0) << 8) | (content[at * 2 + 1] ?? 0);
    if (unit >= 0xd800 && unit <= 0xdfff) throw new FormatError('der.text_invalid', base + at * 2);
    units[at] = unit;
  }
  return fromUnits(units);
}
