import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64url } from '@assay/formats';
import { calculateJwkThumbprint } from 'jose';
import { thumbprint } from '../../src/ec-keys.ts';
import { fromPoint, fromPointText, toPoint } from '../../src/wire/jwk.ts';
import { phone, random, withCode } from '../kit.ts';

const jwk = phone.K.publicJwk;

describe('EcJwk', () => {
  it('has the thumbprint of RFC 7638', async () => {
    assert.equal(thumbprint(jwk), await calculateJwkThumbprint(jwk, 'sha256'));
  });

  it('becomes a point and back', () => {
    assert.deepEqual(fromPoint(toPoint(jwk)), jwk);
    assert.deepEqual(fromPointText(toBase64url(toPoint(jwk))), jwk);
  });

  it('is made of uncompressed points only', () => {
    for (const point of [random(33), random(64), Uint8Array.of(6, ...toPoint(jwk).subarray(1)), new Uint8Array(0)]) {
      assert.throws(() => fromPoint(point), withCode('tokens.key_invalid'));
    }
    assert.throws(() => fromPointText('no base64url!'), withCode('tokens.key_invalid'));
  });
});
