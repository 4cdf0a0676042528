import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, der, TAG, utf8 } from '@assay/formats';
import { hex, refuses } from './helpers.ts';

const reader = (digits: string) => DerReader.of(hex(digits));

describe('INTEGER', () => {
  for (const [digits, value] of [
    ['02 01 00', 0n],
    ['02 01 7f', 127n],
    ['02 02 0080', 128n],
    ['02 01 ff', -1n],
    ['02 01 80', -128n],
    ['02 02 ff7f', -129n],
    ['02 09 00ffffffffffffffff', 2n ** 64n - 1n],
    ['02 08 8000000000000000', -(2n ** 63n)],
  ] as const) {
    it(`reads ${value}`, () => {
      assert.equal(reader(digits).integer(), value);
      assert.deepEqual(reader(digits).integerBytes(), hex(digits).subarray(2));
    });
  }

  it('reads a number from 0 to a bound, the bound included', () => {
    assert.equal(reader('02 01 05').smallInteger(5), 5);
    assert.equal(reader('02 07 1fffffffffffff').smallInteger(), Number.MAX_SAFE_INTEGER);
    assert.equal(reader('0a 01 02').enumerated(), 2);
  });

  const bad = [
    ['no content', '02 00', 'der.integer_empty', 2],
    ['a leading zero octet', '02 02 007f', 'der.integer_not_minimal', 2],
    ['two zero octets', '02 02 0000', 'der.integer_not_minimal', 2],
    ['a leading octet of sign', '02 02 ff80', 'der.integer_not_minimal', 2],
    ['an ENUMERATED', '0a 01 00', 'der.unexpected_tag', 0],
  ] as const;
  refuses(bad, (digits) => reader(digits).integer());
  describe('as octets', () => refuses(bad, (digits) => reader(digits).integerBytes()));
  describe('as a small number', () => {
    refuses(bad, (digits) => reader(digits).smallInteger());
    refuses(
      [
        ['a negative number', '02 01 ff', 'der.integer_out_of_range', 2],
        ['more than the bound', '02 01 06', 'der.integer_out_of_range', 2],
        ['a very long number', '02 14 7fffffffffffffffffffffffffffffffffffffff', 'der.integer_out_of_range', 2],
      ],
      (digits) => reader(digits).smallInteger(5),
    );
    refuses([['2^53', '02 07 20000000000000', 'der.integer_out_of_range', 2]], (digits) =>
      reader(digits).smallInteger(),
    );
  });
  describe('as an ENUMERATED', () => {
    refuses(
      [
        ['an INTEGER', '02 01 00', 'der.unexpected_tag', 0],
        ['no content', '0a 00', 'der.integer_empty', 2],
        ['a superfluous octet', '0a 02 0001', 'der.integer_not_minimal', 2],
        ['a negative number', '0a 01 ff', 'der.integer_out_of_range', 2],
      ],
      (digits) => reader(digits).enumerated(),
    );
  });
});

describe('BOOLEAN', () => {
  it('reads both values', () => {
    assert.equal(reader('01 01 00').boolean(), false);
    assert.equal(reader('01 01 ff').boolean(), true);
  });
  refuses(
    [
      ['0x01', '01 01 01', 'der.boolean_invalid', 2],
      ['no content', '01 00', 'der.boolean_invalid', 2],
      ['two octets', '01 02 ffff', 'der.boolean_invalid', 2],
    ],
    (digits) => reader(digits).boolean(),
  );
  describe('read leniently', () => {
    it('takes any octet but zero for true', () => {
      assert.equal(reader('01 01 01').boolean({ lenient: true }), true);
      assert.equal(reader('01 01 00').boolean({ lenient: true }), false);
    });
    refuses(
      [
        ['no content', '01 00', 'der.boolean_invalid', 2],
        ['two octets', '01 02 0101', 'der.boolean_invalid', 2],
      ],
      (digits) => reader(digits).boolean({ lenient: true }),
    );
  });
});

describe('BIT STRING', () => {
  it('reads octets and the number of unused bits', () => {
    assert.deepEqual(reader('03 01 00').bitString(), { unused: 0, bytes: hex('') });
    assert.deepEqual(reader('03 03 00 abff').bitString(), { unused: 0, bytes: hex('abff') });
    assert.deepEqual(reader('03 02 07 80').bitString(), { unused: 7, bytes: hex('80') });
  });
  refuses(
    [
      ['no content', '03 00', 'der.bit_string_invalid', 2],
      ['eight unused bits', '03 02 08 00', 'der.bit_string_invalid', 2],
      ['unused bits of no octet', '03 01 01', 'der.bit_string_invalid', 2],
      ['an unused bit that is set', '03 02 01 01', 'der.bit_string_invalid', 2],
      ['the highest unused bit set', '03 02 07 40', 'der.bit_string_invalid', 2],
    ],
    (digits) => reader(digits).bitString(),
  );
});

describe('NULL', () => {
  it('reads', () => reader('05 00').nullValue());
  refuses([['content', '05 01 00', 'der.null_invalid', 2]], (digits) => reader(digits).nullValue());
});

describe('OBJECT IDENTIFIER', () => {
  for (const [digits, dotted] of [
    ['06 01 00', '0.0'],
    ['06 01 27', '0.39'],
    ['06 01 28', '1.0'],
    ['06 01 4f', '1.39'],
    ['06 01 50', '2.0'],
    ['06 02 8100', '2.48'],
    ['06 03 883703', '2.999.3'],
    ['06 09 2a864886f763640802', '1.2.840.113635.100.8.2'],
    ['06 0a 2b06010401d679020111', '1.3.6.1.4.1.11129.2.1.17'],
    ['06 09 51 ffffffffffffff7f', '2.1.72057594037927935'],
    ['06 14 69 83f09da7ebcfdee0c7a1a7b2c0948cc8f9d776', '2.25.329800735698586629295641978511506172918'],
    ['06 0b a0808080808080808080 00', '2.37778931862957161709488'],
  ] as const) {
    it(`reads and writes ${dotted}`, () => {
      assert.equal(reader(digits).oid(), dotted);
      assert.deepEqual(der.oid(dotted), hex(digits));
    });
  }
  it('tells them apart however many there were before, and refuses what it refused', () => {
    const all = Array.from({ length: 2000 }, (_, arc) => `2.5.${arc % 7}.${arc}`);
    for (const _ of [1, 2]) {
      for (const dotted of all) assert.equal(DerReader.of(der.oid(dotted)).oid(), dotted);
      assert.throws(() => reader('06 02 2a86').oid(), { code: 'der.oid_invalid' });
    }
  });

  it('reads what stands in an input, not what stood in an earlier one that was written over', () => {
    const [first, second] = [hex('06 03 550403'), hex('06 03 55007f')]; // two that share a slot
    const reused = Buffer.from(first);
    assert.equal(DerReader.of(reused).oid(), '2.5.4.3');
    reused.set(second);
    assert.equal(DerReader.of(second).oid(), '2.5.0.127');
  });

  refuses(
    [
      ['no content', '06 00', 'der.oid_invalid', 2],
      ['an arc cut off', '06 02 2a86', 'der.oid_invalid', 2],
      ['a superfluous octet in the first arc', '06 02 802a', 'der.oid_invalid', 2],
      ['a superfluous octet in a later arc', '06 03 2a8001', 'der.oid_invalid', 3],
      ['an arc over 128 bits', `06 15 2a ${'ff'.repeat(19)} 7f`, 'der.oid_invalid', 3],
    ],
    (digits) => reader(digits).oid(),
  );
});

describe('character strings', () => {
  const string = (tag: number, content: Uint8Array) => DerReader.of(der.raw(tag, content)).text();

  it('reads each type', () => {
    assert.equal(string(TAG.UTF8, utf8('Zürich 😀')), 'Zürich 😀');
    assert.equal(string(TAG.PRINTABLE, utf8("Az09 '()+,-./:=?")), "Az09 '()+,-./:=?");
    assert.equal(string(TAG.IA5, utf8('a@b.c\0\x7f')), 'a@b.c\0\x7f');
    assert.equal(string(TAG.VISIBLE, utf8(' ~')), ' ~');
    assert.equal(string(TAG.NUMERIC, utf8('20 26')), '20 26');
    assert.equal(string(TAG.TELETEX, hex('5a fc')), 'Zü');
    assert.equal(string(TAG.BMP, hex('005a 20ac')), 'Z€');
    assert.equal(string(TAG.UTF8, hex('')), '');
  });
  refuses(
    [
      ['UTF8String that is not UTF-8', '0c 02 61ff', 'der.text_invalid', 3],
      ['PrintableString with @', '13 01 40', 'der.text_invalid', 2],
      ['PrintableString with *', '13 01 2a', 'der.text_invalid', 2],
      ['PrintableString that ends in a line feed', '13 02 610a', 'der.text_invalid', 2],
      ['IA5String over 0x7f', '16 01 80', 'der.text_invalid', 2],
      ['VisibleString with a control character', '1a 01 1f', 'der.text_invalid', 2],
      ['NumericString with a letter', '12 01 61', 'der.text_invalid', 2],
      ['BMPString of odd length', '1e 03 005a20', 'der.text_invalid', 2],
      ['BMPString with a surrogate', '1e 04 005ad800', 'der.text_invalid', 4],
      ['UniversalString', '1c 04 0000005a', 'der.unexpected_tag', 0],
      ['an OCTET STRING', '04 01 61', 'der.unexpected_tag', 0],
    ],
    (digits) => reader(digits).text(),
  );
});

it('reads numbers and names of a megabyte without delay', () => {
  const long = concat(hex('01'), new Uint8Array((1 << 20) - 16));
  assert.equal(DerReader.of(der.raw(TAG.INTEGER, long)).integer() >> BigInt(8 * (long.length - 1)), 1n);
  assert.equal(DerReader.of(der.raw(TAG.OID, new Uint8Array(long.length))).oid().length, 2 * long.length + 1);
});
