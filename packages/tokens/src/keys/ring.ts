import { createHash } from 'node:crypto';
import type { KeyState } from '@assay/core';
import { fault } from '../fault.ts';
import type { SigningKey } from '../signing-key.ts';
import type { EcJwk } from '../wire/jwk.ts';
import type { PublishedKey } from './key-source.ts';

/** The keys of one use of one issuer. */
export interface KeyRing {
  /** The active key. */
  readonly signing: SigningKey;
  /** What verifiers may need: next, active and retiring. */
  readonly published: readonly PublishedKey[];
}

/**
 * A ring of loaded keys. Of two active keys, which a rotation shows for a moment, the first in the list signs.
 *
 * @throws ConfigError `tokens.key_ring_invalid` without an active key or with two keys of one name
 */
export function createKeyRing(entries: readonly { readonly state: KeyState; readonly key: SigningKey }[]): KeyRing {
  const live = entries.filter(({ state }) => state !== 'gone');
  const active = live.find(({ state }) => state === 'active');
  if (active === undefined || new Set(live.map(({ key }) => key.kid)).size !== live.length) {
    throw fault('tokens.key_ring_invalid');
  }
  return { signing: active.key, published: live.map(({ key: { kid, publicJwk } }) => ({ kid, publicJwk })) };
}

/** One key of a JWKS (RFC 7517 4). */
export interface JwksKey extends EcJwk {
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/** The public keys as verifiers fetch them. */
export function toJwks(keys: readonly PublishedKey[]): { readonly keys: readonly JwksKey[] } {
  const toKey = ({ kid, publicJwk: { kty, crv, x, y } }: PublishedKey): JwksKey => ({
    kty,
    crv,
    x,
    y,
    kid,
    alg: 'ES256',
    use: 'sig',
  });
  return { keys: keys.map(toKey) };
}

/** Fresh for 5 minutes, of use for a day when the issuer does not answer. */
export const JWKS_CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400';
export const JWKS_MEDIA_TYPE = 'application/jwk-set+json';

/** The exact body of a JWKS with its strong entity tag. */
export function toJwksDocument(keys: readonly PublishedKey[]): { readonly body: string; readonly etag: string } {
  const body = JSON.stringify(toJwks(keys));
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
