import { concat } from '@assay/formats';

/** An unsigned number of so many octets, big-endian. */
export function number(octets: 1 | 2 | 3, value: number): Uint8Array {
  const bytes = new Uint8Array(octets);
  for (let at = 0; at < octets; at += 1) bytes[at] = value >>> (8 * (octets - 1 - at));
  return bytes;
}

/** A vector: the parts after their joint length, which has so many octets (RFC 8446 3.4). */
export function vector(octets: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  return concat(number(octets, content.length), content);
}

export function extension(type: number, ...content: readonly Uint8Array[]): Uint8Array {
  return concat(number(2, type), vector(2, ...content));
}

/** A handshake message (RFC 8446 4). */
export function handshake(type: number, ...body: readonly Uint8Array[]): Uint8Array {
  return concat(number(1, type), vector(3, ...body));
}
