import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { AssayError } from '@assay/core';
import {
  createChallengeKeys,
  createNonces,
  createProof,
  type EcJwk,
  generateSigningKey,
  issueToken,
  type ProofInput,
  SEALED_CLAIMS_BYTES,
  type SigningKey,
  sealToken,
  sha256,
  type TokenRequest,
  toJwks,
} from '@assay/tokens';
import type { VerificationEvent, VerifierOptions } from '../src/index.ts';

/** What tests need to play an issuer, a phone and an API. */

export const ISSUER = 'https://attest.example.com/t/acme/e/prod';
export const ORIGIN = 'https://api.example.com';
const APP = 'com.example.bank';
export const NOW = 1_795_257_600_000;
const SECRET = new Uint8Array(32).fill(7);

export const issuerKey: SigningKey = generateSigningKey().key;
const K: SigningKey = generateSigningKey().key;
export const otherKey: SigningKey = generateSigningKey().key;
export const jwks = toJwks([issuerKey]);

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** Options of an API that takes the tokens below; `extra` replaces or adds some. */
export function optionsFor(extra: Partial<VerifierOptions> = {}): VerifierOptions {
  return {
    issuer: ISSUER,
    audience: ORIGIN,
    apps: [APP],
    publicOrigin: ORIGIN,
    jwks,
    nonceSecret: SECRET,
    clock: () => NOW,
    ...extra,
  };
}

/** Options that also write down every event. */
export function recorded(extra: Partial<VerifierOptions> = {}): {
  readonly options: VerifierOptions;
  readonly events: VerificationEvent[];
} {
  const events: VerificationEvent[] = [];
  return { options: optionsFor({ onEvent: (event) => events.push(event), ...extra }), events };
}

/** A token as the issuer makes it, in the attestation shape. */
export function tokenFor(
  extra: Partial<TokenRequest> = {},
  at: number = NOW,
  signingKey: SigningKey = issuerKey,
): string {
  const request: TokenRequest = {
    type: 'oauth-client-attestation+jwt',
    iss: ISSUER,
    audience: ORIGIN,
    app: APP,
    key: K.publicJwk,
    assurance: 'substantial',
    tier: 'affirming',
    keyProtection: 'hardware',
    platform: 'android',
    appVersion: '4.2.0',
    attestedAt: at - 3_600_000,
    freshAt: at - 60_000,
    policy: 'strict@1',
    instance: 'pseudonym',
    ...extra,
  };
  return issueToken(request, { signingKey, at, random });
}

export const accessTokenFor = (extra: Partial<TokenRequest> = {}): string => tokenFor({ type: 'at+jwt', ...extra });

/** A token that is bound to no key. */
export const bearerToken = (): string =>
  accessTokenFor({ key: undefined, assurance: 'low', keyProtection: 'software' });

/** What an API opens sealed tokens with. */
export interface ApiKey {
  readonly privateKey: KeyObject;
  readonly jwk: EcJwk;
}

export function createApiKey(): ApiKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}

export const apiKey: ApiKey = createApiKey();
/** Options of an API that takes tokens sealed to it. */
export const SEALED: Partial<VerifierOptions> = { decryptionKeys: [apiKey.privateKey] };

/** A token as the issuer seals it. */
export function sealedTokenFor(extra: Partial<TokenRequest> = {}, at: number = NOW, { jwk }: ApiKey = apiKey): string {
  return sealToken(tokenFor({ paddedBytes: SEALED_CLAIMS_BYTES, ...extra }, at), jwk, random);
}

/** What a refused install holds: a genuine token that admits to nothing. */
export const decoyToken = (): string => sealedTokenFor({ tier: 'contraindicated', assurance: 'none' });

const nonceKeys = createChallengeKeys(1, [{ kid: 1, secret: SECRET }]);

/** A nonce as the API hands it out. */
export function nonceAt(at: number = NOW, audience: string = ORIGIN): string {
  return createNonces({ audience, keys: nonceKeys, clock: () => at, random }).issue();
}

export interface ProofOptions extends Partial<Omit<ProofInput, 'nonce'>> {
  readonly nonce?: string | undefined;
  /** Token in `OAuth-Client-Attestation`. */
  readonly attestation?: string;
  /** Token in `Authorization`. */
  readonly authorization?: string;
  readonly key?: SigningKey;
}

/** A proof for `GET /pay` with a nonce, unless told otherwise. */
export function proofFor(options: ProofOptions): Promise<string> {
  const { attestation, authorization, key = K, ...input } = options;
  const proof: ProofInput = {
    method: 'GET',
    url: `${ORIGIN}/pay`,
    jti: random(16),
    iat: NOW / 1000,
    ...('nonce' in options ? {} : { nonce: nonceAt() }),
    ...(attestation === undefined ? {} : { attestationHash: sha256(attestation) }),
    ...(authorization === undefined ? {} : { accessTokenHash: sha256(authorization) }),
    ...input,
  };
  return createProof(proof, key.publicJwk, key.sign);
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The headers of a good request in the attestation shape. */
export async function goodHeaders(options: ProofOptions = {}): Promise<HeaderList> {
  const attestation = tokenFor();
  return [
    ['OAuth-Client-Attestation', attestation],
    ['DPoP', await proofFor({ attestation, ...options })],
  ];
}

/** For `assert.throws` and `assert.rejects`: an error of this code. */
export const withCode = (code: string) => (error: AssayError) => {
  if (error.code === code) return true;
  throw error;
};
