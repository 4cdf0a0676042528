import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ecJwk } from '@assay/formats/shape';
import { type Appraisal, type DevInput, type DevProof, verifyDevEvidence } from '../../src/index.ts';
import { mintJws } from './mint-jws.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const BINDING = 'A'.repeat(43);
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const { kty, crv, x, y } = keys.publicKey.export({ format: 'jwk' });
export const GRANT = { id: 'grant-1', jwk: ecJwk({ kty, crv, x, y }, '$'), expiresAt: NOW + 3_600_000 };

export const HEADER = { alg: 'ES256', typ: 'assay-dev+jwt' };
export const CLAIMS = { binding: BINDING, grant: GRANT.id, iat: NOW / 1000 };

export interface DevSpec {
  readonly header: object | string;
  readonly claims: object | string;
  readonly key: KeyObject;
}

export function mintDev({ header = HEADER, claims = CLAIMS, key = keys.privateKey }: Partial<DevSpec> = {}): string {
  return mintJws(header, claims, key);
}

/** The verification of one minted token, to be run later. */
export function granting(
  spec: Partial<DevSpec> = {},
  input: Partial<DevInput> = {},
  at: number = NOW,
): () => Appraisal<DevProof> {
  return () => verifyDevEvidence({ token: mintDev(spec), grant: GRANT, binding: BINDING, ...input }, { at });
}
