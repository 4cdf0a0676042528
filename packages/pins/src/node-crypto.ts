import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { EcJwk, PinCrypto } from './wire/keys.ts';

/** The cryptography of the documents by `node:crypto`, for the command line, the server and tests. */
export const NODE_PIN_CRYPTO: PinCrypto = {
  verify: (jwk, bytes, signature) => {
    const key = importKey(jwk);
    return key !== undefined && verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

/** The key, or undefined for coordinates that are no point on the curve: such a key has signed nothing. */
function importKey({ kty, crv, x, y }: EcJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
