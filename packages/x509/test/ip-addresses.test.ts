import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHex } from '@assay/formats';
import { formatIpAddress, hasPrefixMask, isWithinRange, parseIpAddress } from '../src/ip-addresses.ts';

const FORMS: readonly (readonly [text: string, hex: string, canonical: string])[] = [
  ['192.0.2.1', 'c0000201', '192.0.2.1'],
  ['::', '00000000000000000000000000000000', '::'],
  ['::1', '00000000000000000000000000000001', '::1'],
  ['2001:DB8::8A2E:370:7334', '20010db80000000000008a2e03707334', '2001:db8::8a2e:370:7334'],
  ['2001:db8:0:0:1:0:0:1', '20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['2001:0:0:1:0:0:0:1', '20010000000000010000000000000001', '2001:0:0:1::1'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000', '1:2:3:4:5:6:7:0'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201', '::ffff:c000:201'],
];

describe('addresses', () => {
  for (const [text, hex, canonical] of FORMS) {
    it(`${text} reads and writes`, () => {
      const octets = parseIpAddress(text);
      assert.ok(octets);
      assert.equal(toHex(octets), hex);
      assert.equal(formatIpAddress(octets), canonical);
    });
  }

  for (const text of [
    '',
    '192.0.2',
    '192.0.2.256',
    '192.000.002.001',
    '0xC0000201',
    '1::2::3',
    'fe80::1%eth0',
    'a.test',
  ]) {
    it(`refuses "${text}"`, () => assert.equal(parseIpAddress(text), undefined));
  }
});

describe('ranges', () => {
  const range = Uint8Array.of(192, 0, 2, 0, 255, 255, 255, 0);

  it('hold what agrees under the mask', () => {
    assert.ok(isWithinRange(Uint8Array.of(192, 0, 2, 77), range));
    assert.ok(!isWithinRange(Uint8Array.of(192, 0, 3, 77), range));
  });

  it('hold no address of the other family', () => {
    assert.ok(!isWithinRange(new Uint8Array(16), new Uint8Array(8)));
  });

  it('have masks of leading ones', () => {
    assert.ok(hasPrefixMask(range));
    assert.ok(hasPrefixMask(new Uint8Array(8)));
    assert.ok(hasPrefixMask(Uint8Array.of(10, 0, 0, 0, 255, 240, 0, 0)));
    assert.ok(!hasPrefixMask(Uint8Array.of(10, 0, 0, 0, 255, 0, 255, 0)));
    assert.ok(!hasPrefixMask(Uint8Array.of(10, 0, 0, 0, 0, 0, 0, 1)));
  });
});
