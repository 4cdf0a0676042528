import { FormatError } from './error.ts';

/** Whether two byte strings are equal. For public data: the time taken tells where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) {
    if (a[at] !== b[at]) return false;
  }
  return true;
}

/** Whether two byte strings are equal, in a time that depends on their lengths alone. For secrets and MACs. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

/** A new array that holds the parts one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return join(parts);
}

/** As {@link concat}, for a list of any length: engines bound the number of arguments. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The number as four bytes, big-endian. Throws `bytes.uint32_out_of_range`. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
    throw new FormatError('bytes.uint32_out_of_range', 0);
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** The unsigned big-endian number in the four bytes at `at`. Throws `bytes.too_short`. */
export function readUint32(bytes: Uint8Array, at: number): number {
  const [first, second, third, fourth] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    throw new FormatError('bytes.too_short', at);
  }
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}

/** `lp(x)`: the length as four bytes, big-endian, then the bytes. Makes a joined preimage unambiguous. */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(uint32(bytes.length), bytes);
}
