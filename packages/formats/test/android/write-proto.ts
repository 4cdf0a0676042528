import { concat, utf8 } from '@assay/formats';
import { le } from '../bytes-writer.ts';

/** A number in base 128; a negative one takes ten bytes, as protobuf writes it. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const octets: number[] = [];
  do {
    octets.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(octets);
}

const tag = (field: number, wireType: number): Uint8Array => varint(field * 8 + wireType);

export const number = (field: number, value: number): Uint8Array => concat(tag(field, 0), varint(value));

export function bytes(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  return concat(tag(field, 2), varint(content.length), content);
}

export const text = (field: number, value: string): Uint8Array => bytes(field, utf8(value));

export const float = (field: number, value: number): Uint8Array =>
  concat(tag(field, 5), new Uint8Array(Float32Array.of(value).buffer));

export const fixed64 = (field: number): Uint8Array => concat(tag(field, 1), le(8, 1));

/** An id in the message of its own that aapt2 gives it. */
export const id = (field: number, value: number): Uint8Array => bytes(field, number(1, value));
