import { type CborMap, concat } from '@assay/formats';

/** COSE_Key labels and values of an ES256 key (RFC 9053, 7.1.1): kty EC2, alg ES256, crv P-256. */
const FIXED: readonly (readonly [label: number, value: number])[] = [
  [1, 2],
  [3, -7],
  [-1, 1],
];
const X = -2;
const Y = -3;

/** The uncompressed point of a COSE key that has exactly the five members of an ES256 key, else undefined. */
export function pointOfCoseKey(key: CborMap): Uint8Array | undefined {
  if (key.size !== FIXED.length + 2) return undefined;
  if (FIXED.some(([label, value]) => key.get(label) !== value)) return undefined;
  const x = key.get(X);
  const y = key.get(Y);
  if (!isCoordinate(x) || !isCoordinate(y)) return undefined;
  return concat(Uint8Array.of(0x04), x, y);
}

function isCoordinate(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}
