import { concat, parseBase64url, toBase64url, utf8 } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { fault, within } from '../fault.ts';

const COORDINATE_BYTES = 32;
const POINT_BYTES = 1 + 2 * COORDINATE_BYTES;
const UNCOMPRESSED = 0x04;

/** What SHA-256 turns into the thumbprint of a key (RFC 7638 3.2): required members in lexicographic order. */
export function thumbprintPreimage({ crv, kty, x, y }: EcJwk): Uint8Array<ArrayBuffer> {
  return utf8(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`);
}

/** The uncompressed point, 65 bytes (SEC 1, 2.3.3). */
export function toPoint({ x, y }: EcJwk): Uint8Array<ArrayBuffer> {
  return concat(Uint8Array.of(UNCOMPRESSED), parseBase64url(x), parseBase64url(y));
}

/** The key of an uncompressed point. Throws `tokens.key_invalid` for any other form. */
export function fromPoint(point: Uint8Array): EcJwk {
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED) {
    throw fault('tokens.key_invalid', { expected: 'an uncompressed point of 65 bytes' });
  }
  const x = toBase64url(point.subarray(1, 1 + COORDINATE_BYTES));
  return { kty: 'EC', crv: 'P-256', x, y: toBase64url(point.subarray(1 + COORDINATE_BYTES)) };
}

/** The key of the text of an uncompressed point, as a statement's `enc`. */
export function fromPointText(text: string): EcJwk {
  return fromPoint(within('tokens.key_invalid', () => parseBase64url(text)));
}
