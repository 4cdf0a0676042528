import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { EcJwk, PinSigner, Role } from '@assay/pins';

/** A key that lives as long as the run. */
export interface RoleKey extends PinSigner {
  readonly jwk: EcJwk;
}

export function makeRoleKey(kid: string): RoleKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    kid,
    jwk: jwkOf(publicKey),
    sign: (bytes) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

function jwkOf(key: KeyObject): EcJwk {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y };
}

/** A role of this one key. */
export function roleOf({ kid, jwk }: RoleKey): Role {
  return { keys: new Map([[kid, jwk]]), threshold: 1 };
}
