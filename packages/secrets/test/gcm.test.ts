import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHex, toHex } from '@assay/formats';
import { decrypt, encrypt } from '../src/gcm.ts';

/** "The Galois/Counter Mode of Operation", McGrew and Viega, appendix B, test case 16. */
const key = parseHex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
const iv = parseHex('cafebabefacedbaddecaf888');
const aad = parseHex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
const plaintext = parseHex(
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
);
const sealed = parseHex(
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
);

describe('AES-256-GCM', () => {
  it('agrees with the published vector', () => {
    assert.equal(toHex(encrypt(key, iv, plaintext, aad)), toHex(sealed));
    assert.deepEqual(decrypt(key, iv, sealed, aad), plaintext);
  });

  it('opens nothing in which one byte differs', () => {
    const flipped = (bytes: Uint8Array, at: number) =>
      Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
    assert.equal(decrypt(flipped(key, 0), iv, sealed, aad), undefined);
    assert.equal(decrypt(key, flipped(iv, 11), sealed, aad), undefined);
    assert.equal(decrypt(key, iv, sealed, flipped(aad, 3)), undefined);
    for (const at of sealed.keys()) assert.equal(decrypt(key, iv, flipped(sealed, at), aad), undefined);
  });

  it('takes no shortened tag and no other IV length', () => {
    for (let length = 0; length < sealed.length; length += 1)
      assert.equal(decrypt(key, iv, sealed.subarray(0, length), aad), undefined);
    assert.equal(decrypt(key, iv.subarray(0, 8), sealed, aad), undefined);
  });
});
