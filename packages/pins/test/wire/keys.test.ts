import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ecJwk, identityOf } from '../../src/wire/keys.ts';
import { pinsKey, renamed, replyKey, withCode } from './documents.ts';

const { jwk } = pinsKey;

describe('keys in documents', () => {
  it('are read as they are', () => assert.deepEqual(ecJwk({ ...jwk }, '$'), jwk));

  it('are refused in any other form', () => {
    const changes = [
      { kty: 'OKP' },
      { crv: 'P-384' },
      { x: jwk.x.slice(1) },
      { y: `${jwk.y}=` },
      { x: '' },
      { kid: 'a' },
      { d: 'AA' },
      { alg: 'ES256' },
    ];
    for (const change of changes)
      assert.throws(() => ecJwk({ ...jwk, ...change }, '$'), withCode('pins.document_malformed'));
  });

  it('are the same under any name, and differ when they differ', () => {
    assert.equal(identityOf(renamed(pinsKey, 'other').jwk), identityOf(jwk));
    assert.notEqual(identityOf(replyKey.jwk), identityOf(jwk));
  });

  it('are one holder’s as (x, y) and (x, −y)', () =>
    assert.equal(identityOf({ ...jwk, y: replyKey.jwk.y }), identityOf(jwk)));
});
