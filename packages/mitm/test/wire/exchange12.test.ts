import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhParams } from '../../src/wire/exchange12.ts';
import { Reader } from '../../src/wire/reader.ts';

/** Octets of the prime, the generator and the public key. */
function sizesOf(params: Uint8Array): readonly number[] {
  const reader = new Reader(params);
  const sizes = [reader.vector(2).length, reader.vector(2).length, reader.vector(2).length];
  reader.end();
  return sizes;
}

test('a group has 2,048 bits unless it is to be at fault', () => {
  assert.deepEqual(sizesOf(dhParams()), [256, 1, 256]);
  assert.deepEqual(sizesOf(dhParams(2048)), [256, 1, 256]);
  assert.deepEqual(sizesOf(dhParams(1024)), [128, 1, 128]);
});
