import { constants, type KeyObject, verify } from 'node:crypto';

/** A JWS algorithm (RFC 7518 3.1) that a service of Huawei may sign with. */
export interface SigningAlgorithm {
  readonly name: string;
  readonly key: 'rsa' | 'ec';
  /** Curve that the algorithm is of. */
  readonly curve?: string;
  readonly verify: (signed: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;
}

/** RFC 7518 3.4: r then s. */
function ecdsa(name: string, hash: string, curve: string): SigningAlgorithm {
  return {
    ...{ name, key: 'ec', curve },
    verify: (signed, key, signature) => verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, signature),
  };
}

export const RS256: SigningAlgorithm = {
  name: 'RS256',
  key: 'rsa',
  verify: (signed, key, signature) =>
    verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING }, signature),
};

/** RFC 7518 3.5: the salt is as long as the hash. */
export const PS256: SigningAlgorithm = {
  name: 'PS256',
  key: 'rsa',
  verify: (signed, key, signature) =>
    verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature),
};

export const ES256: SigningAlgorithm = ecdsa('ES256', 'sha256', 'prime256v1');
export const ES384: SigningAlgorithm = ecdsa('ES384', 'sha384', 'secp384r1');

/** Whether a key is of the algorithm: one key must not be made to work for another (RFC 8725 3.1). */
export function fits(key: KeyObject, algorithm: SigningAlgorithm): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  return asymmetricKeyType === algorithm.key && asymmetricKeyDetails?.namedCurve === algorithm.curve;
}
