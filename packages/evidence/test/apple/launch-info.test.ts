import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLaunchInfo } from '../../src/apple/launch-info.ts';

const categoryOf = (value: Uint8Array | number) =>
  readLaunchInfo(new Map([['apple_validation_category_01', value]]), 'test').category;

describe('readLaunchInfo', () => {
  const names = [
    'unknown',
    'platform',
    'testflight',
    'development',
    'app_store',
    'enterprise',
    'developer_id',
    'system_7',
    'system_8',
    'system_9',
    'none',
    'unknown',
  ];
  for (const [number, name] of names.entries()) {
    it(`${number} is ${name}, in bytes and as an integer`, () => {
      assert.equal(categoryOf(Uint8Array.of(number, 0, 0, 0)), name);
      assert.equal(categoryOf(number), name);
    });
  }

  it('reads the bytes little-endian', () => {
    assert.equal(categoryOf(Uint8Array.of(0, 0, 0, 4)), 'unknown');
  });

  it('knows nothing without a map, and ignores other members', () => {
    const nothing = { category: undefined, bundleVersion: undefined };
    assert.deepEqual(readLaunchInfo(new Map(), 'test'), nothing);
    assert.deepEqual(readLaunchInfo(new Map([['apple_new_01', 1]]), 'test'), nothing);
  });
});
