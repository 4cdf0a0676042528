import type { KeyObject } from 'node:crypto';
import { type JsonValue, parseStrictJson } from '@assay/formats';
import { encodedBytes, json, list, object, oneOf, word } from '@assay/formats/shape';
import { importEcKey } from '../ec-keys.ts';
import { fault, within } from '../fault.ts';
import { ALG } from '../wire/jws.ts';

export const JWKS_MAX_BYTES = 65_536;
const MAX_KEYS = 32;

const readSet = object({ keys: list(json, MAX_KEYS) }, {}, { open: true });
const readKind = object({ kty: word(16) }, { crv: word(16), alg: word(32), use: word(16) }, { open: true });
const readKey = object(
  { kid: word(64), kty: oneOf(['EC']), crv: oneOf(['P-256']), x: encodedBytes(32), y: encodedBytes(32) },
  {},
  { open: true },
);

/**
 * The ES256 keys of a JWKS, by name. Keys of other kinds are passed over (RFC 7517 5); a faulty ES256 key, two of one name
 * or none at all make the whole set unusable. Throws UpstreamError `tokens.jwks_unavailable`.
 */
export function parseJwks(body: Uint8Array): ReadonlyMap<string, KeyObject> {
  return within('tokens.jwks_unavailable', () => {
    const { keys } = readSet(parseStrictJson(body, { maxBytes: JWKS_MAX_BYTES, maxDepth: 5 }), '$');
    const mine = keys.filter(isEs256);
    const byName = new Map(mine.map(importNamed));
    if (byName.size === 0 || byName.size !== mine.length) {
      throw fault('tokens.jwks_unavailable', { expected: 'ES256 keys whose names differ' });
    }
    return byName;
  });
}

function isEs256(value: JsonValue): boolean {
  const { kty, crv, alg = ALG, use = 'sig' } = readKind(value, '$.keys[*]');
  return kty === 'EC' && crv === 'P-256' && alg === ALG && use === 'sig';
}

function importNamed(value: JsonValue): [string, KeyObject] {
  const { kid, kty, crv, x, y } = readKey(value, '$.keys[*]');
  return [kid, importEcKey({ kty, crv, x, y }, 'tokens.jwks_unavailable')];
}
