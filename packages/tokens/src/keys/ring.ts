import { createHash } from 'node:crypto';
import type { EcJwk } from '@assay/formats/shape';
import type { PublishedKey } from './key-source.ts';

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
