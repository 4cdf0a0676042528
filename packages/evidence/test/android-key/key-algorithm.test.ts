import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { knownValue } from '@assay/core';
import { der } from '@assay/formats';
import { parseKeyAlgorithm } from '@assay/x509';
import { verifyKeyAttestation } from '../../src/android-key/index.ts';
import { keyAlgorithmName } from '../../src/android-key/key-algorithm.ts';
import { mintKeyAttestation } from '../support/mint-android.ts';
import { spkiOf } from '../support/mint-certificate.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

function ofAlgorithm(oid: string): Uint8Array {
  return der.sequence(der.sequence(der.oid(oid)), der.bits(new Uint8Array(1952)));
}

describe('keyAlgorithmName', () => {
  for (const [name, spki] of [
    ['ec-p256', spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
    ['ec-p384', spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
    ['rsa-2048', spkiOf(rsa.publicKey)],
    ['ed25519', spkiOf(generateKeyPairSync('ed25519').publicKey)],
    ['ml-dsa-44', ofAlgorithm('2.16.840.1.101.3.4.3.17')],
    ['ml-dsa-65', ofAlgorithm('2.16.840.1.101.3.4.3.18')],
    ['ml-dsa-87', ofAlgorithm('2.16.840.1.101.3.4.3.19')],
    ['1.3.6.1.4.1.1', ofAlgorithm('1.3.6.1.4.1.1')],
  ] as const) {
    it(name, () => assert.equal(keyAlgorithmName(parseKeyAlgorithm(spki)), name));
  }

  it('is a fact, also of keys that no JWK here can carry', () => {
    const { input, context } = mintKeyAttestation({ keys: rsa });
    const appraisal = verifyKeyAttestation(input, context);
    assert.ok(appraisal.outcome === 'verified');
    assert.equal(knownValue(appraisal.facts.key.algorithm), 'rsa-2048');
    assert.equal(appraisal.proven.publicJwk, undefined);
  });
});
