import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ByteView } from '../src/byte-view.ts';
import { assertRefused } from './artifact-helpers.ts';

const bytes = Uint8Array.of(0xff, 1, 2, 3, 4, 5, 6, 7, 8).subarray(1);

describe('ByteView', () => {
  it('reads numbers in either order', () => {
    const [little, big] = [new ByteView(bytes), new ByteView(bytes, 'big')];
    assert.deepEqual([little.u8(0), little.u16(0), little.u32(4)], [1, 0x0201, 0x08070605]);
    assert.deepEqual([big.u8(0), big.u16(0), big.u32(4)], [1, 0x0102, 0x05060708]);
    assert.equal(new ByteView(bytes.subarray(4), 'big').length, 4);
    assert.equal(big.u64(0), 0x01020304_05060000 + 0x0708);
  });

  it('reads nothing outside', () => {
    const view = new ByteView(bytes);
    for (const run of [
      () => view.u8(8),
      () => view.u16(7),
      () => view.u32(5),
      () => view.u64(1),
      () => view.f32(5),
      () => view.part(4, 5),
      () => view.part(-1, 1),
      () => view.part(0, 2 ** 60),
    ]) {
      assertRefused(run, 'artifact.truncated');
    }
  });
});
