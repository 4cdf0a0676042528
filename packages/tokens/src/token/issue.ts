import { createHmac, type KeyObject } from 'node:crypto';
import {
  type Admission,
  type Assurance,
  isAtLeast,
  type KeyProtection,
  type Platform,
  type Random,
  type Tier,
  toAcr,
} from '@assay/core';
import { concat, lengthPrefixed, toBase64url, utf8 } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { thumbprint } from '../ec-keys.ts';
import { fault, within } from '../fault.ts';
import { type SigningKey, signJws } from '../signing-key.ts';
import { type Annotations, readAnnotations } from './annotations.ts';
import type { Confirmation, TokenClaims, TokenType } from './claims.ts';

/** Seconds that a token lives unless the API's entry says less. */
export const TOKEN_LIFETIME_SECONDS = 300;
const MAX_LIFETIME_SECONDS = 3600;
const JTI_BYTES = 16;

/** What a token is to say. Times are milliseconds since the epoch. */
export interface TokenRequest {
  readonly type: TokenType;
  readonly iss: string;
  /** Exactly one API. */
  readonly audience: string;
  readonly app: string;
  /** The instance key K. Without it a bearer token is made: shape at+jwt, assurance `low` at most. */
  readonly key?: EcJwk | undefined;
  readonly assurance: Assurance;
  readonly tier: Tier;
  readonly keyProtection: KeyProtection;
  readonly platform: Platform;
  readonly appVersion: string;
  readonly attestedAt: number;
  readonly freshAt: number;
  /** `name@version`. */
  readonly policy: string;
  /** From {@link pairwiseId}. */
  readonly instance: string;
  readonly degraded?: readonly string[] | undefined;
  /** Given when the rules refuse the install: the token says so, and no more than tier `warning` and assurance `low`. */
  readonly admitted?: Admission | undefined;
  /** Within {@link ANNOTATION_LIMITS}. */
  readonly annotations?: Annotations | undefined;
  readonly lifetimeSeconds?: number | undefined;
  /** Bytes that the claims are padded to, so that no verdict shows in the length of the token. */
  readonly paddedBytes?: number | undefined;
}

export interface IssueContext {
  readonly signingKey: SigningKey;
  readonly at: number;
  readonly random: Random;
}

/** `hwk` only where hardware was proven to hold K; what an app asserts about its key is no method (RFC 8176 2), and no key is none. */
const METHODS: Readonly<Record<KeyProtection, readonly string[]>> = {
  hardware: ['hwk'],
  app_asserted: [],
  software: ['swk'],
};

/**
 * Issues an attestation token.
 *
 * @throws ConfigError `tokens.config_invalid` for a bearer token above `low` or in the attestation shape, for an empty
 * issuer, audience or app, for a lifetime outside 1 to 3600 s, for annotations beyond their limits, and for claims that do
 * not fit into `paddedBytes`
 */
export function issueToken(asked: TokenRequest, { signingKey, at, random }: IssueContext): string {
  const request = asked.admitted === undefined ? asked : letThrough(asked);
  assertIssuable(request);
  const { type, lifetimeSeconds = TOKEN_LIFETIME_SECONDS } = request;
  const iat = toSeconds(at);
  const claims: TokenClaims = {
    iss: request.iss,
    aud: request.audience,
    sub: request.app,
    iat,
    exp: iat + lifetimeSeconds,
    jti: toBase64url(random(JTI_BYTES)),
    ...(type === 'at+jwt' ? { client_id: request.app } : {}),
    ...(request.key === undefined ? {} : { cnf: confirmationOf(type, request.key) }),
    acr: toAcr(request.assurance),
    amr: request.key === undefined ? [] : METHODS[request.keyProtection],
    iid: request.instance,
    att: attestationOf(request),
  };
  return signJws(type, paddedTo(request.paddedBytes, claims), signingKey);
}

/** Whatever its verdict was: an install that the rules refuse gets nothing that a route asks more than a token for. */
function letThrough(request: TokenRequest): TokenRequest {
  return { ...request, tier: 'warning', assurance: 'low' };
}

/** Verifiers ignore claims that they do not know (RFC 7519 4), so any of them takes a padded token. */
function paddedTo(bytes: number | undefined, claims: TokenClaims): object {
  if (bytes === undefined) return claims;
  const missing = bytes - utf8(JSON.stringify({ ...claims, pad: '' })).length;
  if (missing < 0) throw fault('tokens.config_invalid', { expected: `claims of at most ${bytes} bytes` });
  return { ...claims, pad: '0'.repeat(missing) };
}

function attestationOf(request: TokenRequest): TokenClaims['att'] {
  const { degraded = [], annotations = {} } = request;
  return {
    plt: request.platform,
    ver: request.appVersion,
    vat: toSeconds(request.attestedAt),
    fat: toSeconds(request.freshAt),
    kp: request.keyProtection,
    tier: request.tier,
    pol: request.policy,
    ...(degraded.length === 0 ? {} : { deg: degraded }),
    ...(request.admitted === undefined ? {} : { stg: request.admitted }),
    ...(Object.keys(annotations).length === 0 ? {} : { ann: annotations }),
  };
}

/** RFC 9449 6.1 for access tokens; the attestation draft demands the whole key. */
function confirmationOf(type: TokenType, { kty, crv, x, y }: EcJwk): Confirmation {
  return type === 'at+jwt' ? { jkt: thumbprint({ kty, crv, x, y }) } : { jwk: { kty, crv, x, y } };
}

function assertIssuable(request: TokenRequest): void {
  within('tokens.config_invalid', () => readAnnotations(request.annotations ?? {}, 'annotations'));
  const { lifetimeSeconds = TOKEN_LIFETIME_SECONDS } = request;
  const isBearer = request.key === undefined;
  if (isBearer && (request.type !== 'at+jwt' || isAtLeast(request.assurance, 'substantial'))) {
    throw fault('tokens.config_invalid', { expected: 'a key, or an at+jwt of assurance low at most' });
  }
  if (request.iss === '' || request.audience === '' || request.app === '') {
    throw fault('tokens.config_invalid', { expected: 'an issuer, an audience and an app' });
  }
  if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > MAX_LIFETIME_SECONDS) {
    throw fault('tokens.config_invalid', { expected: `a lifetime of 1 to ${MAX_LIFETIME_SECONDS} s` });
  }
}

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const PAIRWISE_DOMAIN = utf8('assay/pairwise/v1');
const PAIRWISE_BYTES = 16;

/** The pseudonym of a lineage for one audience: two APIs cannot tell that they serve the same phone. `secret`: the issuer's. */
export function pairwiseId(secret: KeyObject | Uint8Array, audience: string, lineage: string): string {
  const preimage = concat(PAIRWISE_DOMAIN, lengthPrefixed(utf8(audience)), lengthPrefixed(utf8(lineage)));
  return toBase64url(createHmac('sha256', secret).update(preimage).digest().subarray(0, PAIRWISE_BYTES));
}
