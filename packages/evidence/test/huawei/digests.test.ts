import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDigest } from '../../src/huawei/digests.ts';

const DIGEST = Buffer.alloc(32, 0xfb);
const HEX = DIGEST.toString('hex');

describe('signing digests of Huawei', () => {
  it('are one in every spelling of the documents', () => {
    for (const text of [HEX, HEX.toUpperCase(), DIGEST.toString('base64'), DIGEST.toString('base64url')]) {
      assert.equal(toDigest(text), HEX, text);
    }
  });

  it('are none where they are no SHA-256', () => {
    for (const text of ['', 'AAAA', '?', HEX.slice(2), `${HEX}00`, HEX.replace(/..(?!$)/g, '$&:')]) {
      assert.equal(toDigest(text), undefined, text);
    }
  });
});
