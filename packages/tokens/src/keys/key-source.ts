import type { KeyObject } from 'node:crypto';
import type { EcJwk } from '@assay/formats/shape';
import { importEcKey } from '../ec-keys.ts';
import { fault } from '../fault.ts';

/** Where a verifier finds an issuer's keys. */
export interface KeySource {
  /** The key if it is known and trustworthy right now; never waits. */
  current(kid: string): KeyObject | undefined;
  /**
   * The key, after looking it up where that is allowed; undefined when the issuer does not publish it.
   * Throws UpstreamError `tokens.jwks_unavailable` when nobody can tell.
   */
  find(kid: string): Promise<KeyObject | undefined>;
}

export interface PublishedKey {
  readonly kid: string;
  readonly publicJwk: EcJwk;
}

/**
 * A fixed set of keys.
 *
 * @throws ConfigError `tokens.list_empty`; `tokens.key_ring_invalid` for two keys of one name, or a point off the curve
 */
export function createFixedKeys(keys: readonly PublishedKey[]): KeySource {
  const known = new Map(keys.map(({ kid, publicJwk }) => [kid, importEcKey(publicJwk, 'tokens.key_ring_invalid')]));
  if (known.size === 0) throw fault('tokens.list_empty', { expected: 'keys of the issuer' });
  if (known.size !== keys.length) throw fault('tokens.key_ring_invalid', { expected: 'key names that differ' });
  const current = (kid: string): KeyObject | undefined => known.get(kid);
  return { current, find: async (kid) => current(kid) };
}
