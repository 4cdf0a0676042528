import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import type { JsonValue } from '@assay/formats';
import { readAppCheckKeys } from '../../src/index.ts';
import { JWK, KID } from '../support/mint-app-check.ts';

const withCode = { code: 'app_check.keys_unusable' };
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const ec = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }), kid: 'ec' };

describe('keys of App Check', () => {
  it('are read by name; others are passed over', () => {
    const keys = readAppCheckKeys({ keys: [JWK, ec as JsonValue, { ...JWK, kid: 'enc', use: 'enc' }] });
    assert.deepEqual([...keys.keys()], [KID]);
  });

  const unusable: readonly (readonly [string, JsonValue])[] = [
    ['nothing', null],
    ['no list', { keys: {} }],
    ['an empty list', { keys: [] }],
    ['no RS256 key', { keys: [ec as JsonValue] }],
    ['one name twice', { keys: [JWK, JWK] }],
    ['a small modulus', { keys: [{ ...small, kid: KID } as JsonValue] }],
    ['an exponent of 3', { keys: [{ ...JWK, e: 'Aw' }] }],
    ['a modulus that is no base64url', { keys: [{ ...JWK, n: `${JWK.n.slice(1)}=` }] }],
    ['a key without a name', { keys: [{ ...JWK, kid: '' }] }],
    ['many keys', { keys: Array.from({ length: 33 }, (_, index) => ({ ...JWK, kid: String(index) })) }],
  ];
  for (const [name, set] of unusable) {
    it(`cannot be ${name}`, () => assert.throws(() => readAppCheckKeys(set), withCode));
  }
});
