import { encodedBytes, object, oneOf, type Reader } from './shape-readers.ts';

/**
 * A public key on P-256 with exactly these members (RFC 7517, RFC 7518 6.2.1). Coordinates are canonical base64url of 32
 * bytes, so equal keys have equal text. Whether it is on the curve is for its import to say.
 */
export interface EcJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

const coordinate = encodedBytes(32);

/** Exactly `kty, crv, x, y`: a member `d` would be a private key. */
export const ecJwk: Reader<EcJwk> = object({
  kty: oneOf(['EC']),
  crv: oneOf(['P-256']),
  x: coordinate,
  y: coordinate,
});
