import { generateKeyPairSync } from 'node:crypto';
import type { JsonValue } from '@assay/formats';
import { type AppCheckInput, type AppCheckToken, type Appraisal, verifyAppCheckToken } from '../../src/index.ts';
import { mintJws } from './mint-jws.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const PROJECT = '123456789012';
export const APP = `1:${PROJECT}:ios:0123456789abcdef`;
export const KID = 'key-1';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { kty = '', n = '', e = '' } = keys.publicKey.export({ format: 'jwk' });
export const JWK = { kty, n, e, alg: 'RS256', use: 'sig', kid: KID };
export const JWKS: JsonValue = { keys: [JWK] };

export const HEADER = { alg: 'RS256', typ: 'JWT', kid: KID };
export const CLAIMS = {
  iss: `https://firebaseappcheck.googleapis.com/${PROJECT}`,
  sub: APP,
  aud: [`projects/${PROJECT}`, 'projects/example-bank'],
  iat: NOW / 1000 - 60,
  exp: NOW / 1000 + 3540,
};

export interface AppCheckSpec {
  readonly header: object | string;
  readonly claims: object | string;
  readonly key: typeof keys.privateKey;
}

export function mintAppCheck({ header = HEADER, claims = CLAIMS, key = keys.privateKey }: Partial<AppCheckSpec> = {}) {
  return mintJws(header, claims, key);
}

/** The verification of one minted token, to be run later. */
export function checking(
  spec: Partial<AppCheckSpec> = {},
  input: Partial<AppCheckInput> = {},
  at: number = NOW,
): () => Appraisal<AppCheckToken> {
  return () =>
    verifyAppCheckToken(
      { token: mintAppCheck(spec), project: PROJECT, apps: [`1:${PROJECT}:android:00`, APP], ...input },
      { keys: JWKS, at },
    );
}
