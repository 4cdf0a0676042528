import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { compactVerify, importJWK } from 'jose';
import { thumbprint } from '../src/ec-keys.ts';
import { generateSigningKey, importSigningKey, signJws } from '../src/signing-key.ts';
import { random, withCode } from './kit.ts';

describe('signing keys', () => {
  it('are named after their thumbprint and survive storage', () => {
    const { key, pkcs8 } = generateSigningKey();
    assert.equal(key.kid, thumbprint(key.publicJwk).slice(0, 16));
    assert.deepEqual(importSigningKey(pkcs8).publicJwk, key.publicJwk);
  });

  it('make signatures that jose verifies', async () => {
    const { key } = generateSigningKey();
    const { payload, protectedHeader } = await compactVerify(
      signJws('t', { a: 1 }, key),
      await importJWK({ ...key.publicJwk }, 'ES256'),
    );
    assert.equal(new TextDecoder().decode(payload), '{"a":1}');
    assert.deepEqual(protectedHeader, { alg: 'ES256', typ: 't', kid: key.kid });
  });

  it('are P-256 and nothing else', () => {
    const other = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
      generateKeyPairSync('ed25519').privateKey,
    ].map((each) => each.export({ format: 'der', type: 'pkcs8' }));
    for (const pkcs8 of [...other, random(100)]) {
      assert.throws(() => importSigningKey(pkcs8), withCode('tokens.key_ring_invalid'));
    }
  });
});
