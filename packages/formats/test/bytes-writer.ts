import { concat } from '@assay/formats';

/** A little-endian number of `size` bytes; 32-bit patterns come out right for negative numbers too. */
export function le(size: 1 | 2 | 4 | 8, value: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = Math.floor(value / 2 ** (8 * at)) & 0xff;
  return bytes;
}

/** A big-endian number of four bytes. */
export const be32 = (value: number): Uint8Array => le(4, value).reverse();

export const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** The bytes with zeros behind, to a multiple of `unit`. */
export function padded(bytes: Uint8Array, unit = 4): Uint8Array {
  return concat(bytes, zeros((unit - (bytes.length % unit)) % unit));
}

/** A copy with `value` at `at`. */
export function patched(bytes: Uint8Array, at: number, value: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(value, at);
  return copy;
}
