import type { KeyObject } from 'node:crypto';
import type { Clock } from '@assay/core';
import { type JsonValue, parseBase64url, parseStrictJson } from '@assay/formats';
import { createBoundedMap } from '../bounded-map.ts';
import { textHash, thumbprint } from '../ec-keys.ts';
import { verifyEs256 } from '../es256.ts';
import { fault, within } from '../fault.ts';
import type { KeySource } from '../keys/key-source.ts';
import { misfit, object, word } from '../shape.ts';
import { ALG, type CompactJws, splitJws } from '../wire/jws.ts';
import { readTokenClaims, TOKEN_TYPES, type TokenClaims, type TokenType } from './claims.ts';

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
}

export interface VerifiedToken {
  readonly claims: TokenClaims;
  readonly kid: string;
  readonly type: TokenType;
  /** Thumbprint of the key that must prove itself; absent only in bearer tokens. */
  readonly jkt?: string;
}

export interface TokenVerifier {
  /**
   * Verifies a token for this API. Revocation and the route's demands (acr, kp, fat, vat, deg) come after, also when the
   * token was remembered.
   *
   * @throws RequestError `tokens.token_malformed`; EvidenceError `tokens.token_*`; UpstreamError `tokens.jwks_unavailable`
   */
  verify(token: string, place: TokenPlace): Promise<VerifiedToken>;
  /** Forgets all remembered tokens, as when a key was revoked. */
  forget(): void;
}

export const MAX_TOKEN_CHARACTERS = 4096;
const DEFAULT_LEEWAY_SECONDS = 30;
const MAX_LEEWAY_SECONDS = 300;
const DEFAULT_CACHE_CAPACITY = 10_000;
const MAX_HEADER_BYTES = 512;
const HEADER_CAPACITY = 64;

/** Exactly these members: what else a header could say (`jku`, `x5u`, `crit`) would only mislead (RFC 8725 3.10). */
const readHeaderMembers = object({ alg: word(16), typ: word(64), kid: word(64) });

interface Header {
  readonly typ: TokenType;
  readonly kid: string;
}

/** A token whose signature was verified by this very key. */
interface Signed {
  readonly key: KeyObject;
  readonly token: VerifiedToken;
}

type Issuers = ReadonlyMap<string, KeySource>;

interface Demands {
  readonly audience: string;
  readonly apps: ReadonlySet<string>;
  readonly leewaySeconds: number;
}

/**
 * A verifier for one API.
 *
 * @throws ConfigError `tokens.list_empty` without issuers, audience or apps; `tokens.config_invalid`
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  assertOptions(options);
  const { audience, clock, leewaySeconds = DEFAULT_LEEWAY_SECONDS, cacheCapacity = DEFAULT_CACHE_CAPACITY } = options;
  const issuers: Issuers = new Map(options.issuers.map(({ iss, keys }) => [iss, keys]));
  const demands: Demands = { audience, apps: new Set(options.apps), leewaySeconds };
  const cache = createBoundedMap<Signed>(cacheCapacity);
  const readHeader = createHeaderReader();

  /** Nothing of a token but its header is read before its signature is verified. */
  function verifySigned(text: string): Signed | Promise<Signed> {
    const jws = splitJws(text, MAX_TOKEN_CHARACTERS, 'tokens.token_malformed');
    const header = readHeader(jws.header);
    const known = currentKey(header.kid, issuers);
    if (known !== undefined) return verifySignature(jws, header, known);
    return findKey(header.kid, issuers).then((found) => verifySignature(jws, header, found));
  }

  return {
    async verify(text, place) {
      if (text.length > MAX_TOKEN_CHARACTERS) throw fault('tokens.token_malformed', { expected: 'at most 4 KiB' });
      const name = textHash(text);
      const remembered = cache.get(name);
      const isCurrent = remembered !== undefined && isSignedByCurrentKey(remembered, issuers);
      const signed = isCurrent ? remembered : await verifySigned(text);
      assertDemands(signed.token, place, demands, clock());
      if (!isCurrent) cache.set(name, signed);
      return signed.token;
    },
    forget: () => cache.clear(),
  };
}

/** A key that was withdrawn, or whose set has grown too old, takes its remembered tokens along. */
function isSignedByCurrentKey({ key, token }: Signed, issuers: Issuers): boolean {
  return issuers.get(token.claims.iss)?.current(token.kid) === key;
}

function verifySignature(jws: CompactJws, { typ, kid }: Header, { iss, key }: IssuerKey): Signed {
  if (!verifyEs256(jws.signingInput, jws.signature, key)) throw fault('tokens.token_signature_invalid');
  const claims = readClaims(jws);
  if (claims.iss !== iss) throw fault('tokens.token_issuer_mismatch', { expected: iss });
  return { key, token: { claims, kid, type: typ, ...boundKey(claims) } };
}

interface IssuerKey {
  readonly iss: string;
  readonly key: KeyObject;
}

function currentKey(kid: string, issuers: Issuers): IssuerKey | undefined {
  for (const [iss, source] of issuers) {
    const key = source.current(kid);
    if (key !== undefined) return { iss, key };
  }
  return undefined;
}

/** Asks every issuer; one that cannot be asked matters only when no other one knows the key. */
async function findKey(kid: string, issuers: Issuers): Promise<IssuerKey> {
  const answers = await Promise.allSettled([...issuers.values()].map((source) => source.find(kid)));
  const found = currentKey(kid, issuers);
  if (found !== undefined) return found;
  const silent = answers.find((answer) => answer.status === 'rejected');
  throw silent === undefined ? fault('tokens.token_key_unknown') : silent.reason;
}

type ReadHeader = (encoded: string) => Header;

/** An issuer has a handful of headers: each is read once. */
function createHeaderReader(): ReadHeader {
  const known = createBoundedMap<Header>(HEADER_CAPACITY);
  return (encoded) => {
    const before = known.get(encoded);
    if (before !== undefined) return before;
    const header = parseHeader(encoded);
    known.set(encoded, header);
    return header;
  };
}

/** A header that is well-formed but asks for another kind of token or algorithm is refused as such. */
function parseHeader(encoded: string): Header {
  const { alg, typ, kid } = within('tokens.token_malformed', () =>
    readHeaderMembers(parseStrictJson(parseBase64url(encoded), { maxBytes: MAX_HEADER_BYTES, maxDepth: 1 }), '$'),
  );
  const type = TOKEN_TYPES.find((each) => each === typ);
  if (alg !== ALG || type === undefined)
    throw fault('tokens.token_type_refused', { expected: `${ALG} and a token's typ` });
  return { typ: type, kid };
}

/** The signature is verified: these are the issuer's own words, so the engine's parser, four times as fast, may read them. */
function readClaims(jws: CompactJws): TokenClaims {
  const text = Buffer.from(jws.payload, 'base64url').toString();
  return within('tokens.token_malformed', () => readTokenClaims(parseJson(text), '$'));
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return misfit('$', 'JSON');
  }
}

function boundKey({ cnf }: TokenClaims): { readonly jkt?: string } {
  if (cnf === undefined) return {};
  return { jkt: 'jwk' in cnf ? thumbprint(cnf.jwk) : cnf.jkt };
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
