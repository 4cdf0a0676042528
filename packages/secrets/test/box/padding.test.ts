import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pad, unpad } from '../../src/box/padding.ts';

describe('padding', () => {
  it('comes off as it went on, for every length', () => {
    for (let length = 0; length <= 200; length += 1) {
      for (const fill of [0x00, 0x80, 0xff]) {
        const value = new Uint8Array(length).fill(fill);
        const padded = pad(value);
        assert.ok(padded.length % 64 === 0 && padded.length > length && padded.length <= length + 64);
        assert.deepEqual(unpad(padded), value);
      }
    }
  });

  it('is refused in any other form', () => {
    const good = pad(Uint8Array.of(1, 2, 3));
    for (const bad of [
      new Uint8Array(0),
      new Uint8Array(64),
      good.subarray(0, 63),
      good.with(63, 1),
      good.with(3, 0x81),
      Uint8Array.of(...good, ...new Uint8Array(64)),
    ]) {
      assert.equal(unpad(bad), undefined);
    }
  });
});
