import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { importPlayKeys } from '../../src/play-integrity/index.ts';
import { PLAY_KEYS } from '../support/mint-play.ts';

const spki = (namedCurve: string): Uint8Array =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'der', type: 'spki' });

describe('keys of the Play Console', () => {
  it('are imported once for as long as they are held', () => {
    assert.equal(importPlayKeys(PLAY_KEYS), importPlayKeys(PLAY_KEYS));
    assert.notEqual(importPlayKeys(PLAY_KEYS), importPlayKeys({ ...PLAY_KEYS }));
  });

  for (const [name, wrong] of [
    ['a decryption key of 16 bytes', { decryptionKey: new Uint8Array(16) }],
    ['a decryption key that is still base64', { decryptionKey: Buffer.from('A'.repeat(44)) }],
    ['a verification key of another curve', { verificationKey: spki('secp384r1') }],
    ['a verification key that is none', { verificationKey: Uint8Array.of(1) }],
    [
      'a verification key for RSA',
      {
        verificationKey: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
          format: 'der',
          type: 'spki',
        }),
      },
    ],
  ] as const) {
    it(`are refused: ${name}`, () => {
      assert.throws(
        () => importPlayKeys({ ...PLAY_KEYS, ...wrong }),
        (error) => error instanceof ConfigError && error.code === 'play.keys_malformed',
      );
    });
  }
});
