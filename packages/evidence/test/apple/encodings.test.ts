import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { APPLE_ENCODINGS, clientDataHashOf, decodeAppleEvidence, parseKeyId } from '../../src/index.ts';

const BYTES = Uint8Array.of(0xfb, 0xff, 0x01);
const STANDARD = '+/8B';
const URL_SAFE = '-_8B';

const throwsCode = (run: () => unknown, code: string): void =>
  assert.throws(run, (error) => error instanceof RequestError && error.code === code);

describe('decodeAppleEvidence', () => {
  for (const enc of APPLE_ENCODINGS) {
    const [right, wrong] = enc === 'b64u' ? [URL_SAFE, STANDARD] : [STANDARD, URL_SAFE];
    it(`reads ${enc} and nothing like it`, () => {
      assert.deepEqual(decodeAppleEvidence(enc, right), BYTES);
      for (const text of [wrong, `${right}\n`, `${right}=`]) {
        throwsCode(() => decodeAppleEvidence(enc, text), 'apple.encoding_malformed');
      }
    });
  }

  it('does not guess an encoding', () => {
    for (const enc of ['', 'base64', 'constructor', 'EXPO']) {
      throwsCode(() => decodeAppleEvidence(enc, STANDARD), 'apple.encoding_unknown');
    }
  });

  it('takes one bounded text', () => {
    for (const data of [undefined, null, 1, [STANDARD], { data: STANDARD }, 'A'.repeat(21_852)]) {
      throwsCode(() => decodeAppleEvidence('expo', data), 'apple.encoding_malformed');
    }
  });
});

describe('parseKeyId', () => {
  it('is standard base64 of 32 bytes', () => {
    assert.equal(parseKeyId(`${'/'.repeat(42)}8=`).length, 32);
  });

  for (const text of ['', STANDARD, `${'/'.repeat(42)}8`, `${'_'.repeat(42)}8=`, `${'/'.repeat(42)}9=`]) {
    it(`refuses ${text === '' ? 'nothing' : text}`, () => throwsCode(() => parseKeyId(text), 'apple.key_id_malformed'));
  }
});

describe('clientDataHashOf', () => {
  it('is the SHA-256 of the UTF-8 text', () => {
    assert.equal(
      Buffer.from(clientDataHashOf('abc')).toString('hex'),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
