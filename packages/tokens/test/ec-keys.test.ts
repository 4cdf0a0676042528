import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64url } from '@assay/formats';
import { createEcKeys, importEcKey, textHash, toSpki } from '../src/ec-keys.ts';
import { createPhone, phone, withCode } from './kit.ts';

const jwk = phone.K.publicJwk;

describe('public keys', () => {
  it('are imported only when they lie on the curve', () => {
    assert.equal(importEcKey(jwk).asymmetricKeyDetails?.namedCurve, 'prime256v1');
    assert.deepEqual(Buffer.from(toSpki(jwk)), importEcKey(jwk).export({ format: 'der', type: 'spki' }));
    const x = toBase64url(new Uint8Array(32).fill(5));
    assert.throws(() => importEcKey({ ...jwk, x }), withCode('tokens.key_invalid'));
    const zero = toBase64url(new Uint8Array(32));
    assert.throws(() => importEcKey({ ...jwk, x: zero, y: zero }), withCode('tokens.key_invalid'));
    const beyond = toBase64url(new Uint8Array(32).fill(0xff));
    assert.throws(() => importEcKey({ ...jwk, x: beyond }), withCode('tokens.key_invalid'));
  });

  it('are remembered, up to a limit', () => {
    const keys = createEcKeys(1);
    const first = keys.import(jwk);
    assert.equal(keys.import(jwk), first);
    keys.import(createPhone().K.publicJwk);
    assert.notEqual(keys.import(jwk), first);
  });
});

it('hashes texts as RFC 9449 does for ath', () => {
  const token = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU';
  assert.equal(textHash(token), 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo');
});
