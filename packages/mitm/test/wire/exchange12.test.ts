import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhParams } from '../../src/wire/exchange12.ts';
import { Reader } from '../../src/wire/reader.ts';

/** Octets of the prime, the generator and the public key, rounded up: one key in 256 begins with zeros, which are left out. */
function sizesOf(params: Uint8Array): readonly number[] {
  const reader = new Reader(params);
  const [prime, generator, key] = [reader.vector(2), reader.vector(2), reader.vector(2)];
  reader.end();
  return [prime.length, generator.length, Math.ceil(key.length / 32) * 32];
}

test('a group has 2,048 bits unless it is to be at fault', () => {
  assert.deepEqual(sizesOf(dhParams()), [256, 1, 256]);
  assert.deepEqual(sizesOf(dhParams(2048)), [256, 1, 256]);
  assert.deepEqual(sizesOf(dhParams(1024)), [128, 1, 128]);
});
