import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { utf8 } from '@assay/formats';
import { ES256, ES384, fits, PS256, RS256 } from '../../src/huawei/algorithms.ts';
import { ecKeys, rsaKeys } from '../support/mint-huawei.ts';

const SIGNED = utf8('what is signed');
const [rsa, p256, p384, ed25519] = [rsaKeys(), ecKeys(), ecKeys('secp384r1'), generateKeyPairSync('ed25519')];

describe('algorithms of Huawei', () => {
  it('fit keys of their own kind and curve alone', () => {
    const rows = [RS256, PS256, ES256, ES384].map((algorithm) =>
      [rsa, p256, p384, ed25519].map(({ publicKey }) => fits(publicKey, algorithm)),
    );
    assert.deepEqual(rows, [
      [true, false, false, false],
      [true, false, false, false],
      [false, true, false, false],
      [false, false, true, false],
    ]);
  });

  it('do not stand in for each other', () => {
    const pss = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
    const [pkcs1, longSalt, good] = [
      sign('sha256', SIGNED, rsa.privateKey),
      sign('sha256', SIGNED, { ...pss, saltLength: 64 }),
      sign('sha256', SIGNED, { ...pss, saltLength: 32 }),
    ];
    assert.deepEqual(
      [RS256.verify(SIGNED, rsa.publicKey, pkcs1), PS256.verify(SIGNED, rsa.publicKey, good)],
      [true, true],
    );
    for (const each of [pkcs1, longSalt]) assert.equal(PS256.verify(SIGNED, rsa.publicKey, each), false);
    for (const each of [good, longSalt]) assert.equal(RS256.verify(SIGNED, rsa.publicKey, each), false);
  });

  it('take r and s, and no DER', () => {
    const raw = sign('sha256', SIGNED, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' });
    assert.equal(ES256.verify(SIGNED, p256.publicKey, raw), true);
    const der = sign('sha256', SIGNED, p256.privateKey);
    for (const each of [der, raw.subarray(1), new Uint8Array()]) {
      assert.equal(ES256.verify(SIGNED, p256.publicKey, each), false);
    }
  });
});
