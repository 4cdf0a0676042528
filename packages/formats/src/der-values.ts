import { FormatError } from './error.ts';
import { toHex } from './hex.ts';
import { TAG } from './tlv.ts';
import { decodeUtf8, fromUnits } from './utf8.ts';

// Content octets to values. `base` is where the content stands in the original input, for the error's offset.

/** X.690 8.3.2: at least one octet, and the first nine bits are not all alike. */
export function checkInteger(content: Uint8Array, base: number): void {
  const [first, second] = content;
  if (first === undefined) throw new FormatError('der.integer_empty', base);
  if (second === undefined) return;
  if ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80)) {
    throw new FormatError('der.integer_not_minimal', base);
  }
}

/** Two's complement, big-endian. */
export function toInteger(content: Uint8Array, base: number): bigint {
  checkInteger(content, base);
  const unsigned = BigInt(`0x${toHex(content)}`);
  return (content[0] ?? 0) < 0x80 ? unsigned : unsigned - (1n << BigInt(content.length * 8));
}

/** A number from 0 to `max`. */
export function toSmallInteger(content: Uint8Array, base: number, max: number): number {
  checkInteger(content, base);
  let value = 0;
  for (const octet of content) {
    value = value * 256 + octet;
    if (value > max) break;
  }
  if ((content[0] ?? 0) >= 0x80 || value > max) throw new FormatError('der.integer_out_of_range', base);
  return value;
}

/** X.690 11.1: false is 0x00, true is 0xff; `lenient` takes every other octet for true, as BER does. */
export function toBoolean(content: Uint8Array, base: number, lenient: boolean): boolean {
  const octet = content.length === 1 ? content[0] : undefined;
  if (octet === undefined || (octet !== 0x00 && octet !== 0xff && !lenient)) {
    throw new FormatError('der.boolean_invalid', base);
  }
  return octet !== 0x00;
}

/** X.690 8.6 and 11.2.1: the first octet counts the unused bits of the last, which are zero. */
export function toBitString(content: Uint8Array, base: number): { unused: number; bytes: Uint8Array } {
  const unused = content[0] ?? 8;
  const bytes = content.subarray(1);
  const last = bytes.at(-1) ?? 0;
  const isValid = unused <= 7 && (unused === 0 || bytes.length > 0) && (last & ((1 << unused) - 1)) === 0;
  if (!isValid) throw new FormatError('der.bit_string_invalid', base);
  return { unused, bytes };
}

/** Octets of one arc: enough for 128 bits (X.667), few enough that no arc costs quadratic time. */
const MAX_ARC_OCTETS = 19;

/** X.690 8.19: dotted decimal. Each arc is in its shortest form. */
export function toOid(content: Uint8Array, base: number): string {
  if (content.length === 0 || (content.at(-1) ?? 0) >= 0x80) throw new FormatError('der.oid_invalid', base);
  let text = '';
  for (let at = 0; at < content.length; ) {
    const end = arcEnd(content, at, base);
    const arc = readArc(content, at, end);
    text += at === 0 ? firstArcs(arc) : `.${arc}`;
    at = end;
  }
  return text;
}

function arcEnd(content: Uint8Array, start: number, base: number): number {
  let end = start;
  while ((content[end] ?? 0) >= 0x80) end += 1;
  if (content[start] === 0x80 || end - start >= MAX_ARC_OCTETS) throw new FormatError('der.oid_invalid', base + start);
  return end + 1;
}

/** A number while it is exact, else a bigint. */
function readArc(content: Uint8Array, start: number, end: number): number | bigint {
  if (end - start > 7) return readLongArc(content.subarray(start, end));
  let arc = 0;
  for (let at = start; at < end; at += 1) arc = arc * 128 + ((content[at] ?? 0) & 0x7f);
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
export function toText(identifier: number, content: Uint8Array, base: number): string | undefined {
  if (identifier === TAG.UTF8) return decodeUtf8(content, 'der.text_invalid', base);
  if (identifier === TAG.BMP) return toBmpText(content, base);
  const characters = CHARACTER_SETS[identifier];
  if (characters === undefined) return undefined;
  const text = fromUnits(content);
  if (!characters.test(text)) throw new FormatError('der.text_invalid', base);
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
