import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assuranceCeiling, readDeviceBits } from '../../src/index.ts';

describe('readDeviceBits', () => {
  const rows: readonly (readonly [boolean, boolean, readonly string[]])[] = [
    [false, false, []],
    [true, false, ['bit0']],
    [false, true, ['bit1']],
    [true, true, ['bit0', 'bit1']],
  ];
  for (const [bit0, bit1, expected] of rows) {
    it(`${bit0}, ${bit1}: ${expected.join(' and ') || 'none, and proven so'}`, () => {
      const { runtime, evidence } = readDeviceBits({ bit0, bit1 });
      assert.deepEqual(runtime.deviceBits, { known: 'proven', value: expected, by: 'apple-device-check' });
      assert.equal(assuranceCeiling(evidence), 'none');
    });
  }

  it('says nothing of app, key or platform', () => {
    const { app, key, platform } = readDeviceBits({ bit0: true, bit1: true });
    for (const fact of [platform, ...Object.values(app), ...Object.values(key)]) assert.equal(fact.known, 'absent');
  });
});
