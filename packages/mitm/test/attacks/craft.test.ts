import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createEcKeys, type EcJwk, sealToken, signJws, splitJws, verifyEs256 } from '@assay/tokens';
import {
  edited,
  forceOpen,
  headerIn,
  hmacOfPublicKey,
  malleated,
  ownKey,
  ownProof,
  rekeyed,
  resigned,
  unsecured,
} from '../../src/attacks/craft.ts';
import { payloadOf } from '../../src/attacks/wire.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const key = ownKey();
const token = signJws('at+jwt', { sub: 'app', cnf: { jkt: 'x' } }, key);

function verifies(jws: string, by: EcJwk = key.publicJwk): boolean {
  const { signingInput, signature } = splitJws(jws, 4096);
  return verifyEs256(signingInput, signature, createEcKeys().import(by));
}

describe('what an attacker makes of a token', () => {
  it('an edit keeps the signature, which does not fit any more', () => {
    const raised = edited(token, { payload: { sub: 'other', cnf: undefined } });
    assert.deepEqual(payloadOf(raised), { sub: 'other' });
    assert.equal(raised.split('.')[2], token.split('.')[2]);
    assert.ok(verifies(token) && !verifies(raised));
  });

  it('a new signature fits the key of the attacker alone', () => {
    const own = ownKey();
    const forged = resigned(token, { payload: { sub: 'other' } }, own);
    assert.ok(verifies(forged, own.publicJwk) && !verifies(forged));
    assert.deepEqual(headerIn(rekeyed(token, own))['jwk'], own.publicJwk);
  });

  it('(r, n - s) is another text that verifies as well, and turned twice it is the first', () => {
    const other = malleated(token);
    assert.notEqual(other, token);
    assert.ok(verifies(other));
    assert.equal(malleated(other), token);
  });

  it('no signature, and an HMAC as long as one of ES256', () => {
    assert.deepEqual([headerIn(unsecured(token))['alg'], unsecured(token).endsWith('.')], ['none', true]);
    assert.equal(splitJws(hmacOfPublicKey(token, 'public'), 4096).signature.length, 64);
  });

  it('a proof that is right but for its key', async () => {
    const own = ownKey();
    const claims = { method: 'GET', url: 'https://api.example.com/x', token, nonce: 'n', iat: 1 };
    const proof = await ownProof(claims, own, random);
    assert.ok(verifies(proof, own.publicJwk));
    const { htu, nonce, ath } = payloadOf(proof);
    assert.deepEqual([htu, nonce, typeof ath], ['https://api.example.com/x', 'n', 'string']);
  });
});

describe('forceOpen', () => {
  it('opens with the right key, so that a box that stays shut says something', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
    const sealed = sealToken(token, { kty: 'EC', crv: 'P-256', x, y }, random);
    assert.equal(Buffer.from(forceOpen(sealed, pair.privateKey) ?? []).toString(), token);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    assert.equal(forceOpen(sealed, other), undefined);
  });
});
