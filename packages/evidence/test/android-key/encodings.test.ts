import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { toBase64, utf8 } from '@assay/formats';
import { decodeKeyAttestation, KEY_ATTESTATION_ENCODINGS } from '../../src/android-key/index.ts';
import { mintChain } from '../support/mint-android.ts';

const chain = mintChain().map((der) => Uint8Array.from(der));
const texts = chain.map((der) => toBase64(der));
/** Android's Base64.DEFAULT: lines of 76 characters, each ended. */
const wrapped = (text: string): string => text.replace(/.{1,76}/g, '$&\n');
const joined = wrapped(toBase64(utf8(texts.map(wrapped).join(','))));

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof RequestError && error.code === code;
}

describe('decodeKeyAttestation', () => {
  for (const [enc, data] of [
    ['expo-chain', texts],
    ['pagopa-chain', joined],
    ['edge-chain', { certChain: texts }],
  ] as const) {
    it(`reads ${enc}`, () => {
      assert.deepEqual(
        decodeKeyAttestation(enc, data).map((der) => Uint8Array.from(der)),
        chain,
      );
    });
  }

  it('names every row', () => {
    assert.deepEqual(KEY_ATTESTATION_ENCODINGS, ['expo-chain', 'pagopa-chain', 'edge-chain']);
  });

  for (const enc of ['', 'expo', 'EXPO-CHAIN', 'constructor', '__proto__']) {
    it(`does not know "${enc}"`, () => {
      assert.throws(() => decodeKeyAttestation(enc, texts), hasCode('android.encoding_unknown'));
    });
  }

  for (const [name, enc, data] of [
    ['a text for a list', 'expo-chain', texts[0]],
    ['nothing', 'expo-chain', undefined],
    ['numbers', 'expo-chain', [1, 2]],
    ['wrapped base64 where none is used', 'expo-chain', texts.map(wrapped)],
    ['base64url', 'expo-chain', ['-_-_']],
    ['seven certificates', 'expo-chain', new Array(7).fill('AAAA')],
    ['a text beyond the limit', 'expo-chain', ['A'.repeat(65_536)]],
    ['a list for a text', 'pagopa-chain', texts],
    ['text encoded once', 'pagopa-chain', texts.join(',')],
    ['an empty text', 'pagopa-chain', toBase64(utf8('AAAA,!'))],
    ['another member', 'edge-chain', { chain: texts }],
    ['a member too many', 'edge-chain', { certChain: texts, keyId: 'x' }],
    ['null', 'edge-chain', null],
  ] as const) {
    it(`refuses ${name} as ${enc}`, () => {
      assert.throws(() => decodeKeyAttestation(enc, data), hasCode('android.encoding_malformed'));
    });
  }
});
