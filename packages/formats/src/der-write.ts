import { concat, join } from './bytes.ts';
import { FormatError } from './error.ts';
import { CONSTRUCTED, CONTEXT, HIGH_NUMBER, TAG } from './tlv.ts';
import { utf8 as toUtf8 } from './utf8.ts';

// DER for what we make ourselves: keys, test certificates, test evidence. Every function returns one whole element and
// throws `der.value_unencodable` for a value that its type cannot hold.

type Bytes = Uint8Array<ArrayBuffer>;

/** One element of these identifier octets, with the length in its shortest form. */
export function tlv(tag: Uint8Array, content: Uint8Array): Bytes {
  return join([tag, lengthOctets(content.length), content]);
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets = bigEndian(length);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

function bigEndian(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return octets;
}

/** Any element by its identifier octet, for example an unsorted SET: `raw(TAG.SET, concat(a, b))`. */
function raw(identifier: number, content: Uint8Array): Bytes {
  if ((identifier & HIGH_NUMBER) === HIGH_NUMBER) throw unencodable('an identifier octet with a low tag number');
  return tlv(Uint8Array.of(identifier), content);
}

function sequence(...parts: readonly Uint8Array[]): Bytes {
  return raw(TAG.SEQUENCE, join(parts));
}

/** A SET in DER order (X.690 11.6). */
function set(...parts: readonly Uint8Array[]): Bytes {
  return raw(TAG.SET, join([...parts].sort(compareOctets)));
}

function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((octet, index) => octet !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

function boolean(value: boolean): Bytes {
  return raw(TAG.BOOLEAN, Uint8Array.of(value ? 0xff : 0x00));
}

/** An INTEGER from a number, or from the unsigned big-endian octets of one (a serial number, r or s of a signature). */
function integer(value: bigint | number | Uint8Array): Bytes {
  return raw(TAG.INTEGER, value instanceof Uint8Array ? fromUnsigned(value) : fromInteger(value));
}

function enumerated(value: number): Bytes {
  return raw(TAG.ENUMERATED, fromInteger(value));
}

function fromUnsigned(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  const magnitude = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  return (magnitude[0] ?? 0) < 0x80 ? magnitude : concat(Uint8Array.of(0), magnitude);
}

/** Minimal two's complement: octets are taken until the rest is all sign and the last octet shows that sign. */
function fromInteger(value: bigint | number): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw unencodable('a safe integer');
  const octets: number[] = [];
  let rest = BigInt(value);
  do {
    octets.push(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest !== ((octets.at(-1) ?? 0) < 0x80 ? 0n : -1n));
  return Uint8Array.from(octets.reverse());
}

/** An OBJECT IDENTIFIER from dotted decimal. */
function oid(dotted: string): Bytes {
  if (!/^[0-2](\.(0|[1-9][0-9]{0,38}))+$/.test(dotted)) throw unencodable('dotted decimal');
  const [first = 0n, second = 0n, ...others] = dotted.split('.').map(BigInt);
  if (first < 2n && second > 39n) throw unencodable('a second arc under 40');
  return raw(TAG.OID, Uint8Array.from([first * 40n + second, ...others].flatMap(base128)));
}

function base128(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(0x80 | Number(rest & 0x7fn));
  return octets;
}

function octets(content: Uint8Array): Bytes {
  return raw(TAG.OCTET_STRING, content);
}

/** A BIT STRING whose last `unused` bits do not count, and are zero. */
function bits(content: Uint8Array, unused = 0): Bytes {
  const isCount = Number.isInteger(unused) && unused >= 0 && unused <= (content.length > 0 ? 7 : 0);
  if (!isCount || ((content.at(-1) ?? 0) & ((1 << unused) - 1)) !== 0) throw unencodable('zero in the unused bits');
  return raw(TAG.BIT_STRING, concat(Uint8Array.of(unused), content));
}

function nothing(): Bytes {
  return raw(TAG.NULL, new Uint8Array(0));
}

function utf8(text: string): Bytes {
  return raw(TAG.UTF8, toUtf8(text));
}

function printable(text: string): Bytes {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw unencodable('characters of PrintableString');
  return raw(TAG.PRINTABLE, toUtf8(text));
}

function ia5(text: string): Bytes {
  const content = toUtf8(text);
  if (content.length !== text.length) throw unencodable('ASCII');
  return raw(TAG.IA5, content);
}

/** For the years 1950 to 2049 (RFC 5280 4.1.2.5.1). Epoch milliseconds; parts of a second are dropped. */
function utcTime(time: number): Bytes {
  const digits = timeDigits(time);
  if (digits < '1950' || digits >= '2050') throw unencodable('a year from 1950 to 2049');
  return raw(TAG.UTC_TIME, toUtf8(digits.slice(2)));
}

/** For the years 0000 to 9999. Epoch milliseconds; parts of a second are dropped. */
function generalizedTime(time: number): Bytes {
  return raw(TAG.GENERALIZED_TIME, toUtf8(timeDigits(time)));
}

/** `YYYYMMDDHHMMSSZ`. */
function timeDigits(time: number): string {
  const date = new Date(time);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  // Years outside 0000 to 9999 are written with a sign and six digits.
  if (text.length !== 24) throw unencodable('a year from 0000 to 9999');
  return `${text.slice(0, 19).replace(/[-:T]/g, '')}Z`;
}

/** `[number] EXPLICIT` around whole elements. */
function explicit(number: number, ...parts: readonly Uint8Array[]): Bytes {
  return tlv(contextTag(number, CONSTRUCTED), join(parts));
}

/** `[number] IMPLICIT`: the content octets of the type that is replaced, primitive unless told. */
function implicit(number: number, content: Uint8Array, form: { readonly constructed?: boolean } = {}): Bytes {
  return tlv(contextTag(number, form.constructed === true ? CONSTRUCTED : 0), content);
}

function contextTag(number: number, form: number): Uint8Array {
  if (!Number.isInteger(number) || number < 0 || number > 0x0fffffff) throw unencodable('a tag number under 2^28');
  if (number < HIGH_NUMBER) return Uint8Array.of(CONTEXT | form | number);
  return Uint8Array.of(CONTEXT | form | HIGH_NUMBER, ...base128(BigInt(number)));
}

function unencodable(expected: string): FormatError {
  return new FormatError('der.value_unencodable', 0, { expected });
}

/** What {@link der} offers. */
export interface DerWriter {
  readonly bits: typeof bits;
  readonly boolean: typeof boolean;
  readonly enumerated: typeof enumerated;
  readonly explicit: typeof explicit;
  readonly generalizedTime: typeof generalizedTime;
  readonly ia5: typeof ia5;
  readonly implicit: typeof implicit;
  readonly integer: typeof integer;
  readonly null: typeof nothing;
  readonly octets: typeof octets;
  readonly oid: typeof oid;
  readonly printable: typeof printable;
  readonly raw: typeof raw;
  readonly sequence: typeof sequence;
  readonly set: typeof set;
  readonly utcTime: typeof utcTime;
  readonly utf8: typeof utf8;
}

/** Writes DER: `der.sequence(der.oid('1.2.840.10045.2.1'), der.integer(1))`. */
export const der: DerWriter = {
  bits,
  boolean,
  enumerated,
  explicit,
  generalizedTime,
  ia5,
  implicit,
  integer,
  null: nothing,
  octets,
  oid,
  printable,
  raw,
  sequence,
  set,
  utcTime,
  utf8,
};
