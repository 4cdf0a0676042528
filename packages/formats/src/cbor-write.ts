import { join } from './bytes.ts';
import type { CborMap, CborValue } from './cbor.ts';
import { FormatError } from './error.ts';
import { utf8 } from './utf8.ts';

const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

/**
 * One item in shortest form; maps keep their given order, so that a test device can reproduce a vendor's bytes.
 * Throws `cbor.value_unencodable`, `utf8.lone_surrogate`.
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  write(parts, value);
  return join(parts);
}

function write(parts: Uint8Array[], value: CborValue): void {
  if (value === null) parts.push(Uint8Array.of(NULL));
  else if (typeof value === 'boolean') parts.push(Uint8Array.of(value ? TRUE : FALSE));
  else if (typeof value === 'string') writeString(parts, 0x60, utf8(value));
  else if (typeof value === 'object') writeObject(parts, value);
  else writeInteger(parts, value);
}

function writeObject(parts: Uint8Array[], value: Uint8Array | readonly CborValue[] | CborMap): void {
  if (value instanceof Uint8Array) writeString(parts, 0x40, value);
  else if (value instanceof Map) writeMap(parts, value);
  else if (Array.isArray(value)) writeArray(parts, value);
  else throw new FormatError('cbor.value_unencodable', 0);
}

function writeArray(parts: Uint8Array[], items: readonly CborValue[]): void {
  parts.push(head(0x80, BigInt(items.length)));
  for (const item of items) write(parts, item);
}

function writeMap(parts: Uint8Array[], map: CborMap): void {
  parts.push(head(0xa0, BigInt(map.size)));
  for (const [key, value] of map) {
    write(parts, key);
    write(parts, value);
  }
}

function writeString(parts: Uint8Array[], major: number, bytes: Uint8Array): void {
  parts.push(head(major, BigInt(bytes.length)), bytes);
}

function writeInteger(parts: Uint8Array[], value: number | bigint): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new FormatError('cbor.value_unencodable', 0);
  const integer = BigInt(value);
  parts.push(integer < 0n ? head(0x20, -1n - integer) : head(0x00, integer));
}

/** Initial byte and argument: RFC 8949 3, in the shortest form. */
function head(major: number, argument: bigint): Uint8Array {
  if (argument < 24n) return Uint8Array.of(major | Number(argument));
  const exponent = [8n, 16n, 32n, 64n].findIndex((bits) => argument >> bits === 0n);
  if (exponent < 0) throw new FormatError('cbor.value_unencodable', 0);
  const bytes = new Uint8Array(1 + (1 << exponent));
  bytes[0] = major | (24 + exponent);
  for (let at = bytes.length - 1, rest = argument; at > 0; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}
