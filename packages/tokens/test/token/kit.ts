import { createFixedKeys } from '../../src/keys/key-source.ts';
import { generateSigningKey, type SigningKey } from '../../src/signing-key.ts';
import { issueToken, type TokenRequest } from '../../src/token/issue.ts';
import { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from '../../src/token/verify.ts';
import { API, APP, ISS, NOW, phone, random } from '../kit.ts';

export const issuer = generateSigningKey().key;

/** A token request as the server makes it, with some members changed. */
function tokenRequest(change: Partial<TokenRequest> = {}): TokenRequest {
  return {
    type: 'at+jwt',
    iss: ISS,
    audience: API,
    app: APP,
    key: phone.K.publicJwk,
    assurance: 'substantial',
    tier: 'affirming',
    keyProtection: 'hardware',
    platform: 'android',
    appVersion: '4.2.0',
    attestedAt: NOW - 86_400_000,
    freshAt: NOW - 1000,
    policy: 'bank@12',
    instance: 'A'.repeat(22),
    ...change,
  };
}

export const issue = (change: Partial<TokenRequest> = {}, signingKey: SigningKey = issuer, at = NOW): string =>
  issueToken(tokenRequest(change), { signingKey, at, random });

export const createVerifier = (change: Partial<TokenVerifierOptions> = {}): TokenVerifier =>
  createTokenVerifier({
    issuers: [{ iss: ISS, keys: createFixedKeys([issuer]) }],
    audience: API,
    apps: [APP],
    clock: () => NOW,
    ...change,
  });
