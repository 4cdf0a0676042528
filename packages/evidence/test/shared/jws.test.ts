import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeJws, isSignedEs256, isSignedRs256 } from '../../src/shared/jws.ts';
import { mintJws, withOtherSignature } from '../support/mint-jws.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('compact JWS', () => {
  it('is decoded, and holds under its key alone', () => {
    const token = mintJws({ alg: 'ES256' }, { a: 1 }, ec.privateKey);
    const jws = decodeJws(token);
    assert.deepEqual([jws.header, jws.payload], [{ alg: 'ES256' }, { a: 1 }]);
    assert.ok(isSignedEs256(jws, ec.publicKey));
    assert.ok(!isSignedEs256(decodeJws(withOtherSignature(token)), ec.publicKey));
    assert.ok(!isSignedEs256(jws, generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey));
  });

  it('RS256 likewise', () => {
    const token = mintJws({ alg: 'RS256' }, { a: 1 }, rsa.privateKey);
    assert.ok(isSignedRs256(decodeJws(token), rsa.publicKey));
    assert.ok(!isSignedRs256(decodeJws(withOtherSignature(token)), rsa.publicKey));
    assert.ok(!isSignedRs256({ ...decodeJws(token), signature: new Uint8Array() }, rsa.publicKey));
  });

  it('one key is made to work for no other algorithm', () => {
    const input = decodeJws(mintJws({ alg: 'RS256' }, { a: 1 }, rsa.privateKey));
    const byEc = { ...input, signature: sign('sha256', input.signingInput, ec.privateKey) };
    assert.ok(!isSignedRs256(byEc, ec.publicKey), 'DER of ECDSA under RS256');
    // Curve of 32 octets, as P-256 is.
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const raw = sign('sha256', input.signingInput, { key: other.privateKey, dsaEncoding: 'ieee-p1363' });
    assert.ok(!isSignedEs256({ ...input, signature: raw }, other.publicKey), 'another curve under ES256');
    assert.ok(!isSignedEs256(input, rsa.publicKey), 'RSA under ES256');
  });

  const malformed: readonly (readonly [string, string])[] = [
    ['a.b', 'evidence.form_unsupported'],
    ['e30.e30.AA==', 'base64'],
    ['e30.e30.AB', 'base64'],
    ['e30=.e30.AA', 'base64'],
    ['eyJhIjoxLCJhIjoyfQ.e30.AA', 'json'],
    ['e30..AA', 'json'],
  ];
  for (const [token, code] of malformed) {
    it(`${token} is refused: ${code}`, () => {
      assert.throws(
        () => decodeJws(token),
        (error) => error instanceof Error && 'code' in error && String(error.code).startsWith(code),
      );
    });
  }
});
