import type { Clock, Fetch } from '@assay/core';
import { createFixedKeys, createJwksSource, ISSUER_PATHS, type KeySource, type PublishedKey } from '@assay/tokens';
import { misconfigured } from './fault.ts';
import type { Jwks, JwksOption } from './options.ts';

interface Network {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/**
 * Where the keys of an issuer come from. Whatever the source, unknown names cause one look-up in 30 s, and the last good set
 * is used for a day.
 *
 * @throws ConfigError `middleware.options_invalid`, `tokens.config_invalid`, `tokens.list_empty`
 */
export function createKeySource(issuer: string, jwks: JwksOption | undefined, { fetch, clock }: Network): KeySource {
  const usual = `${issuer}${ISSUER_PATHS.jwks}`;
  if (jwks === undefined) return createJwksSource({ url: usual, fetch, clock });
  if (typeof jwks === 'function') {
    return createJwksSource({ url: usual, clock, fetch: async () => Response.json(await jwks(issuer)) });
  }
  if (typeof jwks === 'string' || jwks instanceof URL) return createJwksSource({ url: `${jwks}`, fetch, clock });
  return createFixedKeys(jwks.keys.map(toPublishedKey));
}

function toPublishedKey({ kid, kty, crv, x, y }: Jwks['keys'][number]): PublishedKey {
  if (kid === undefined || kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) {
    throw misconfigured('jwks: keys on P-256 with kid, kty, crv, x and y');
  }
  return { kid, publicJwk: { kty, crv, x, y } };
}
