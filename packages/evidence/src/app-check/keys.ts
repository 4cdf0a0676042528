import { createPublicKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@assay/core';
import { type JsonValue, parseBase64url } from '@assay/formats';
import { json, list, matching, object, oneOf, raising, word } from '@assay/formats/shape';

const MAX_KEYS = 32;
/** 2048 to 4096 bits, as canonical base64url of so many octets. */
const MODULUS_OCTETS = [256, 512] as const;
const EXPONENT = 'AQAB';

const readSet = object({ keys: list(json, MAX_KEYS) }, {}, { open: true });
const readKind = object({ kty: word(16) }, { alg: word(32), use: word(16) }, { open: true });
const readKey = object(
  { kid: word(128), kty: oneOf(['RSA']), n: matching(/^[A-Za-z0-9_-]{342,683}$/, 'a modulus'), e: oneOf([EXPONENT]) },
  {},
  { open: true },
);

/**
 * The RS256 keys of a JWKS, by name. Keys of other kinds are passed over (RFC 7517 5); a faulty RS256 key, two of one name
 * or none at all make the whole set unusable.
 *
 * @throws ConfigError `app_check.keys_unusable`
 */
export function readAppCheckKeys(set: JsonValue): ReadonlyMap<string, KeyObject> {
  const mine = reading(() => readSet(set, '$').keys.filter(isRs256));
  const keys = new Map(mine.map((key) => reading(() => importKey(key))));
  if (keys.size === 0 || keys.size !== mine.length) throw unusable('RS256 keys whose names differ');
  return keys;
}

function isRs256(value: JsonValue): boolean {
  const { kty, alg = 'RS256', use = 'sig' } = readKind(value, '$.keys[*]');
  return kty === 'RSA' && alg === 'RS256' && use === 'sig';
}

function importKey(value: JsonValue): readonly [string, KeyObject] {
  const { kid, kty, n, e } = readKey(value, '$.keys[*]');
  const [least, most] = MODULUS_OCTETS;
  const { length } = octetsOf(n);
  if (length < least || length > most) throw unusable(`a modulus of ${least} to ${most} octets`);
  try {
    return [kid, createPublicKey({ key: { kty, n, e }, format: 'jwk' })];
  } catch {
    throw unusable('an RSA public key');
  }
}

function octetsOf(text: string): Uint8Array {
  try {
    return parseBase64url(text);
  } catch {
    throw unusable('canonical base64url');
  }
}

const reading = <T>(read: () => T): T => raising(read, ({ message }) => unusable(message));

function unusable(expected: string): ConfigError {
  return new ConfigError('app_check.keys_unusable', 'the set of keys for App Check cannot be used', { expected });
}
