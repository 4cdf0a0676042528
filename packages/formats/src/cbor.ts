import { FormatError } from './error.ts';
import { decodeUtf8 } from './utf8.ts';

/** Integers are numbers where they are safe, else bigints. */
export type CborValue = number | bigint | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<number | string, CborValue>;

export interface CborLimits {
  /** Length of the input from the item's start. Default 1 MiB. */
  readonly maxBytes: number;
  /** Nesting of arrays and maps. Default 16. */
  readonly maxDepth: number;
  /** Items in all, keys included. Default 4096. */
  readonly maxItems: number;
}

const DEFAULT_LIMITS: CborLimits = { maxBytes: 1 << 20, maxDepth: 16, maxItems: 4096 };

/** RFC 8949 3.1. */
const MAJOR = { UNSIGNED: 0, NEGATIVE: 1, BYTES: 2, TEXT: 3, ARRAY: 4, MAP: 5, TAG: 6, SIMPLE: 7 } as const;

/**
 * Exactly one item, in the strict subset that attestation formats use: definite lengths, shortest forms, no tags, no
 * floating point, no simple values but false, true and null, map keys that are unique and either text or safe
 * integers. Byte strings are views into the input. Throws `cbor.*`.
 */
export function parseCbor(bytes: Uint8Array, limits?: Partial<CborLimits>): CborValue {
  const { value, end } = parseCborPrefix(bytes, 0, limits);
  if (end < bytes.length) throw new FormatError('cbor.trailing_bytes', end);
  return value;
}

/** One item at `offset`, and where it ends; what follows is the caller's. As strict as {@link parseCbor}. */
export function parseCborPrefix(
  bytes: Uint8Array,
  offset = 0,
  limits: Partial<CborLimits> = {},
): { value: CborValue; end: number } {
  const allLimits = { ...DEFAULT_LIMITS, ...limits };
  if (bytes.length - offset > allLimits.maxBytes) throw new FormatError('cbor.input_too_large', allLimits.maxBytes);
  const reader = new CborReader(bytes, offset, allLimits);
  return { value: reader.item(0), end: reader.position };
}

class CborReader {
  position: number;
  private readonly bytes: Uint8Array;
  private readonly maxDepth: number;
  private itemsLeft: number;

  constructor(bytes: Uint8Array, position: number, limits: CborLimits) {
    this.bytes = bytes;
    this.position = position;
    this.maxDepth = limits.maxDepth;
    this.itemsLeft = limits.maxItems;
  }

  item(depth: number): CborValue {
    const start = this.position;
    this.itemsLeft -= 1;
    if (this.itemsLeft < 0) throw new FormatError('cbor.too_many_items', start);
    const initial = this.octet();
    const major = initial >> 5;
    if (major === MAJOR.TAG) throw new FormatError('cbor.tag_refused', start);
    if (major === MAJOR.SIMPLE) return simple(initial & 0x1f, start);
    const argument = this.argument(initial & 0x1f, start);
    switch (major) {
      case MAJOR.UNSIGNED:
        return argument;
      case MAJOR.NEGATIVE:
        return negative(argument);
      case MAJOR.BYTES:
        return this.take(argument);
      case MAJOR.TEXT:
        return this.text(argument);
      case MAJOR.ARRAY:
        return this.array(this.count(argument, 1, depth), depth + 1);
      default:
        return this.map(this.count(argument, 2, depth), depth + 1);
    }
  }

  /** RFC 8949 3: the argument, in its shortest form (4.2.1). */
  private argument(information: number, start: number): number | bigint {
    if (information < 24) return information;
    if (information === 31) throw new FormatError('cbor.length_indefinite', start);
    if (information > 27) throw new FormatError('cbor.additional_information_reserved', start);
    const width = 1 << (information - 24);
    const high = width === 8 ? this.unsigned(4) : 0;
    const low = this.unsigned(Math.min(width, 4));
    const isMinimal = width === 8 ? high > 0 : low >= (width === 1 ? 24 : 2 ** (width * 4));
    if (!isMinimal) throw new FormatError('cbor.argument_not_minimal', start);
    const value = high * 2 ** 32 + low;
    return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low);
  }

  private unsigned(width: number): number {
    let value = 0;
    for (let octet = 0; octet < width; octet += 1) value = value * 256 + this.octet();
    return value;
  }

  private octet(): number {
    const octet = this.bytes[this.position];
    if (octet === undefined) throw new FormatError('cbor.truncated', this.position);
    this.position += 1;
    return octet;
  }

  private take(length: number | bigint): Uint8Array {
    const start = this.position;
    if (length > this.bytes.length - start) throw new FormatError('cbor.truncated', start);
    this.position = start + Number(length);
    return this.bytes.subarray(start, this.position);
  }

  private text(length: number | bigint): string {
    const start = this.position;
    return decodeUtf8(this.take(length), 'cbor.text_not_utf8', start);
  }

  /** Entries of an array or map. Each takes at least `itemsEach` bytes, so a count beyond the input is cut short here. */
  private count(argument: number | bigint, itemsEach: number, depth: number): number {
    if (depth >= this.maxDepth) throw new FormatError('cbor.too_deep', this.position);
    const count = Number(argument);
    if (count * itemsEach > this.bytes.length - this.position) throw new FormatError('cbor.truncated', this.position);
    return count;
  }

  private array(count: number, depth: number): CborValue[] {
    const items: CborValue[] = [];
    for (let index = 0; index < count; index += 1) items.push(this.item(depth));
    return items;
  }

  private map(count: number, depth: number): CborMap {
    const map = new Map<number | string, CborValue>();
    for (let index = 0; index < count; index += 1) {
      const start = this.position;
      const key = this.item(depth);
      if (typeof key !== 'number' && typeof key !== 'string') throw new FormatError('cbor.key_type_refused', start);
      if (map.has(key)) throw new FormatError('cbor.key_duplicate', start);
      map.set(key, this.item(depth));
    }
    return map;
  }
}

function negative(argument: number | bigint): number | bigint {
  if (typeof argument === 'number' && argument < Number.MAX_SAFE_INTEGER) return -1 - argument;
  return -1n - BigInt(argument);
}

const SIMPLE_VALUES: ReadonlyMap<number, boolean | null> = new Map<number, boolean | null>([
  [20, false],
  [21, true],
  [22, null],
]);

function simple(information: number, start: number): boolean | null {
  const value = SIMPLE_VALUES.get(information);
  if (value !== undefined) return value;
  if (information >= 25 && information <= 27) throw new FormatError('cbor.float_refused', start);
  throw new FormatError(information === 31 ? 'cbor.length_indefinite' : 'cbor.simple_refused', start);
}
