import type { Clock } from '@assay/core';
import { createBoundedMap } from '../bounded-map.ts';
import { textHash } from '../ec-keys.ts';
import { fault } from '../fault.ts';
import type { KeySource } from '../keys/key-source.ts';
import type { TokenType } from './claims.ts';
import { createTokenOpener, type DecryptionKey, isSealed } from './sealed.ts';
import {
  createSignatureVerifier,
  type Issuers,
  MAX_TOKEN_CHARACTERS,
  type Signed,
  type VerifiedToken,
} from './signature.ts';

/** How a token came with the request: `Authorization: DPoP`, `OAuth-Client-Attestation`, or `Authorization: Bearer`. */
export type TokenPlace = 'dpop' | 'attestation' | 'bearer';

interface PlaceRow {
  readonly type: TokenType;
  readonly isBound: boolean;
}

/** The one kind of token that each place takes. */
const PLACES: Readonly<Record<TokenPlace, PlaceRow>> = {
  dpop: { type: 'at+jwt', isBound: true },
  attestation: { type: 'oauth-client-attestation+jwt', isBound: true },
  bearer: { type: 'at+jwt', isBound: false },
};

export interface TokenVerifierOptions {
  readonly issuers: readonly { readonly iss: string; readonly keys: KeySource }[];
  /** This API; compared for equality. */
  readonly audience: string;
  /** Apps that may call this API. Every app of the tenant has tokens for its own APIs: the list is not optional. */
  readonly apps: readonly string[];
  readonly clock: Clock;
  /** Seconds that clocks may differ. Default 30. */
  readonly leewaySeconds?: number;
  /** Verified tokens to remember, 0 for none. Default 10 000. */
  readonly cacheCapacity?: number;
  /** Given, tokens come sealed to one of these keys; without, sealed ones are refused. */
  readonly sealed?: SealedTokens | undefined;
}

export interface SealedTokens {
  readonly keys: readonly DecryptionKey[];
  /** Whether tokens that everybody can read are taken as well, as while an API begins to take sealed ones. Default `refuse`. */
  readonly plain?: 'refuse' | 'accept' | undefined;
}

export interface TokenVerifier {
  /**
   * Verifies a token for this API. Revocation and the route's demands (acr, kp, fat, vat, deg) come after, also when the
   * token was remembered.
   *
   * @throws RequestError `tokens.token_malformed`, `tokens.sealed_malformed`; EvidenceError `tokens.token_*`,
   * `tokens.sealed_*`; UpstreamError `tokens.jwks_unavailable`
   */
  verify(token: string, place: TokenPlace): Promise<VerifiedToken>;
  /** Forgets all remembered tokens, as when a key was revoked. */
  forget(): void;
}

const DEFAULT_LEEWAY_SECONDS = 30;
const MAX_LEEWAY_SECONDS = 300;
const DEFAULT_CACHE_CAPACITY = 10_000;

interface Demands {
  readonly audience: string;
  readonly apps: ReadonlySet<string>;
  readonly leewaySeconds: number;
}

/**
 * A verifier for one API.
 *
 * @throws ConfigError `tokens.list_empty` without issuers, audience or apps; `tokens.config_invalid`;
 * `tokens.key_ring_invalid` for decryption keys that are none
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  assertOptions(options);
  const { audience, clock, leewaySeconds = DEFAULT_LEEWAY_SECONDS, cacheCapacity = DEFAULT_CACHE_CAPACITY } = options;
  const issuers: Issuers = new Map(options.issuers.map(({ iss, keys }) => [iss, keys]));
  const demands: Demands = { audience, apps: new Set(options.apps), leewaySeconds };
  const cache = createBoundedMap<Signed>(cacheCapacity);
  const verifySigned = createSealVerifier(createSignatureVerifier(issuers), options.sealed);
  const isRemembering = cacheCapacity > 0;

  return {
    async verify(text, place) {
      if (text.length > MAX_TOKEN_CHARACTERS) throw fault('tokens.token_malformed', { expected: 'at most 4 KiB' });
      const name = isRemembering ? textHash(text) : '';
      const remembered = cache.get(name);
      const isCurrent = remembered !== undefined && isSignedByCurrentKey(remembered, issuers);
      const found = isCurrent ? remembered : verifySigned(text);
      const signed = found instanceof Promise ? await found : found;
      assertDemands(signed.token, place, demands, clock());
      if (isRemembering && !isCurrent) cache.set(name, signed);
      return signed.token;
    },
    forget: () => cache.clear(),
  };
}

type VerifySigned = ReturnType<typeof createSignatureVerifier>;

/** Opens what is sealed before anything of it is verified. */
function createSealVerifier(verifySigned: VerifySigned, sealed: SealedTokens | undefined): VerifySigned {
  if (sealed === undefined) {
    return (text) => {
      if (isSealed(text)) throw fault('tokens.token_sealed');
      return verifySigned(text);
    };
  }
  const open = createTokenOpener(sealed.keys);
  return (text) => {
    if (isSealed(text)) return mapped(verifySigned(open(text)), asSealed);
    if (sealed.plain !== 'accept') throw fault('tokens.token_not_sealed');
    return verifySigned(text);
  };
}

const asSealed = ({ key, token }: Signed): Signed => ({ key, token: { ...token, isSealed: true } });

const mapped = <T>(value: T | Promise<T>, to: (value: T) => T): T | Promise<T> =>
  value instanceof Promise ? value.then(to) : to(value);

/** A key that was withdrawn, or whose set has grown too old, takes its remembered tokens along. */
function isSignedByCurrentKey({ key, token }: Signed, issuers: Issuers): boolean {
  return issuers.get(token.claims.iss)?.current(token.kid) === key;
}

/** What holds at one place and time only, and therefore is looked at for remembered tokens too. */
function assertDemands(token: VerifiedToken, place: TokenPlace, demands: Demands, at: number): void {
  const { claims } = token;
  const { type, isBound } = PLACES[place];
  if (token.type !== type) throw fault('tokens.token_type_refused', { expected: type });
  if (isBound && token.jkt === undefined) throw fault('tokens.token_unbound');
  if (!isBound && token.jkt !== undefined) throw fault('tokens.token_bound_as_bearer');
  if (claims.aud !== demands.audience) throw fault('tokens.token_audience_mismatch', { expected: demands.audience });
  if (!demands.apps.has(claims.sub)) throw fault('tokens.token_app_refused', { found: claims.sub });
  const seconds = at / 1000;
  if (!(seconds < claims.exp + demands.leewaySeconds)) throw fault('tokens.token_expired');
  if (claims.iat > seconds + demands.leewaySeconds) throw fault('tokens.token_not_yet_valid');
}

function assertOptions({ issuers, audience, apps, leewaySeconds = 0 }: TokenVerifierOptions): void {
  const lists = { issuers: issuers.length, audience: audience.length, apps: apps.length };
  const empty = Object.entries(lists).filter(([, length]) => length === 0);
  if (empty.length > 0) throw fault('tokens.list_empty', { expected: empty.map(([name]) => name).join(', ') });
  if (!(leewaySeconds >= 0 && leewaySeconds <= MAX_LEEWAY_SECONDS)) {
    throw fault('tokens.config_invalid', { expected: `a leeway of 0 to ${MAX_LEEWAY_SECONDS} s` });
  }
}
