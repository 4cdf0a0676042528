import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, constantTimeEqual, equalBytes, lengthPrefixed, readUint32, uint32 } from '@assay/formats';
import { hex, refuses } from './helpers.ts';

describe('equality', () => {
  for (const equal of [equalBytes, constantTimeEqual]) {
    it(`${equal.name} compares length and every byte`, () => {
      assert.equal(equal(hex(''), hex('')), true);
      assert.equal(equal(hex('01 02 03'), hex('01 02 03')), true);
      assert.equal(equal(hex('01 02 03'), hex('01 02 04')), false);
      assert.equal(equal(hex('01 02 03'), hex('00 02 03')), false);
      assert.equal(equal(hex('01 02'), hex('01 02 00')), false);
      assert.equal(equal(hex('00'), hex('')), false);
    });
  }
});

it('joins parts in order, into bytes of its own', () => {
  const part = hex('01 02');
  const joined = concat(part, hex(''), hex('03'));
  part[0] = 9;
  assert.deepEqual(joined, hex('01 02 03'));
  assert.deepEqual(concat(), hex(''));
});

describe('four-byte numbers', () => {
  it('writes and reads the whole unsigned range', () => {
    for (const [value, octets] of [
      [0, '00000000'],
      [1, '00000001'],
      [0x7fffffff, '7fffffff'],
      [0x80000000, '80000000'],
      [0xffffffff, 'ffffffff'],
    ] as const) {
      assert.deepEqual(uint32(value), hex(octets));
      assert.equal(readUint32(hex(`ee ${octets}`), 1), value);
    }
  });

  refuses(
    [
      ['a negative number', -1, 'bytes.uint32_out_of_range'],
      ['2^32', 2 ** 32, 'bytes.uint32_out_of_range'],
      ['a fraction', 0.5, 'bytes.uint32_out_of_range'],
      ['NaN', Number.NaN, 'bytes.uint32_out_of_range'],
    ],
    uint32,
  );
  refuses(
    [
      ['three bytes', [hex('010203'), 0], 'bytes.too_short', 0],
      ['an offset too near the end', [hex('0102030405'), 2], 'bytes.too_short', 2],
      ['an offset before the start', [hex('0102030405'), -1], 'bytes.too_short', -1],
    ] as const,
    ([bytes, at]) => readUint32(bytes, at),
  );
});

it('prefixes the length, so that joined fields cannot be cut in another way', () => {
  assert.deepEqual(lengthPrefixed(hex('')), hex('00000000'));
  assert.deepEqual(lengthPrefixed(hex('aabb')), hex('00000002 aabb'));
  assert.notDeepEqual(
    concat(lengthPrefixed(hex('aa')), lengthPrefixed(hex('bb'))),
    concat(lengthPrefixed(hex('aabb')), lengthPrefixed(hex(''))),
  );
});
