import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, der, TAG } from '@assay/formats';
import fc from 'fast-check';
import { hex, refuses, SEEDED } from './helpers.ts';

describe('each type', () => {
  for (const [what, written, digits] of [
    ['true', der.boolean(true), '0101ff'],
    ['false', der.boolean(false), '010100'],
    ['zero', der.integer(0), '020100'],
    ['128', der.integer(128), '02020080'],
    ['-1', der.integer(-1), '0201ff'],
    ['-128', der.integer(-128n), '020180'],
    ['-129', der.integer(-129n), '0202ff7f'],
    ['unsigned octets', der.integer(hex('00 00 80')), '02020080'],
    ['unsigned octets of zero', der.integer(hex('00 00')), '020100'],
    ['no octets as zero', der.integer(hex('')), '020100'],
    ['an ENUMERATED', der.enumerated(2), '0a0102'],
    ['an OCTET STRING', der.octets(hex('ab')), '0401ab'],
    ['a BIT STRING', der.bits(hex('80'), 7), '03020780'],
    ['an empty BIT STRING', der.bits(hex('')), '030100'],
    ['NULL', der.null(), '0500'],
    ['a UTF8String', der.utf8('ä'), '0c02c3a4'],
    ['a PrintableString', der.printable('A'), '130141'],
    ['an IA5String', der.ia5('@'), '160140'],
    ['a UTCTime', der.utcTime(999), '170d3730303130313030303030305a'],
    ['a GeneralizedTime', der.generalizedTime(0), '180f31393730303130313030303030305a'],
    ['a SEQUENCE in the given order', der.sequence(der.integer(2), der.integer(1)), '3006 020102 020101'],
    ['a sorted SET', der.set(der.integer(2), der.null(), der.integer(1)), '3108 020101 020102 0500'],
    ['a SET as given', der.raw(TAG.SET, concat(der.integer(2), der.integer(1))), '3106 020102 020101'],
    ['an explicit tag', der.explicit(0, der.null()), 'a0020500'],
    ['an explicit high tag', der.explicit(704, der.null()), 'bf8540020500'],
    ['an implicit tag', der.implicit(2, hex('ab')), '8201ab'],
    ['an implicit constructed tag', der.implicit(1, der.null(), { constructed: true }), 'a1020500'],
    ['an implicit high tag', der.implicit(31, hex('')), '9f1f00'],
  ] as const) {
    it(`writes ${what}`, () => assert.deepEqual(written, hex(digits)));
  }

  it('orders the members of a SET by their octets, shorter first', () => {
    const members = [hex('040200 00'), hex('0401 00'), hex('0401 ff'), hex('0402 0001')];
    assert.deepEqual(der.set(...members), der.raw(TAG.SET, hex('040100 0401ff 04020000 04020001')));
    assert.deepEqual(der.set(...members.toReversed()), der.set(...members));
  });

  it('leaves the parts of a SET where they were', () => {
    const parts = [der.integer(2), der.integer(1)];
    der.set(...parts);
    assert.deepEqual(parts, [der.integer(2), der.integer(1)]);
  });
});

describe('values without an encoding', () => {
  refuses<() => unknown>(
    [
      ['an unsafe integer', () => der.integer(2 ** 53), 'der.value_unencodable'],
      ['a fraction', () => der.enumerated(0.5), 'der.value_unencodable'],
      ['an OID of one arc', () => der.oid('1'), 'der.value_unencodable'],
      ['an OID that begins with 3', () => der.oid('3.1'), 'der.value_unencodable'],
      ['an OID with 40 under 1', () => der.oid('1.40'), 'der.value_unencodable'],
      ['an OID with a leading zero', () => der.oid('1.02'), 'der.value_unencodable'],
      ['an OID with an empty arc', () => der.oid('1..2'), 'der.value_unencodable'],
      ['a PrintableString with *', () => der.printable('*'), 'der.value_unencodable'],
      ['an IA5String outside ASCII', () => der.ia5('ä'), 'der.value_unencodable'],
      ['unused bits that are set', () => der.bits(hex('01'), 1), 'der.value_unencodable'],
      ['eight unused bits', () => der.bits(hex('00'), 8), 'der.value_unencodable'],
      ['unused bits of nothing', () => der.bits(hex(''), 1), 'der.value_unencodable'],
      ['a UTCTime of 2050', () => der.utcTime(Date.UTC(2050, 0, 1)), 'der.value_unencodable'],
      ['a UTCTime of 1949', () => der.utcTime(Date.UTC(1949, 11, 31)), 'der.value_unencodable'],
      ['a year of five digits', () => der.generalizedTime(Date.UTC(10_000, 0, 1)), 'der.value_unencodable'],
      ['no time at all', () => der.generalizedTime(Number.NaN), 'der.value_unencodable'],
      ['a high tag as an octet', () => der.raw(0xbf, hex('')), 'der.value_unencodable'],
      ['a negative tag number', () => der.explicit(-1), 'der.value_unencodable'],
      ['a tag number of 2^28', () => der.implicit(2 ** 28, hex('')), 'der.value_unencodable'],
    ],
    (run) => run(),
  );
});

describe('round trips', () => {
  const settings = { ...SEEDED, numRuns: 500 };
  const bytes = fc.uint8Array({ maxLength: 300 }).map((octets) => Uint8Array.from(octets));

  it('integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (value) => {
        assert.equal(DerReader.of(der.integer(value)).integer(), value);
      }),
      settings,
    );
  });

  it('object identifiers', () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 127n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(arcs, (others) => {
        const dotted = `2.${others.join('.')}`;
        assert.equal(DerReader.of(der.oid(dotted)).oid(), dotted);
      }),
      settings,
    );
  });

  it('octets, at every size of length', () => {
    fc.assert(
      fc.property(bytes, (content) => assert.deepEqual(DerReader.of(der.octets(content)).octetString(), content)),
      settings,
    );
    for (const size of [127, 128, 255, 256, 65_535, 65_536]) {
      assert.equal(DerReader.of(der.octets(new Uint8Array(size))).octetString().length, size);
    }
  });

  it('times', () => {
    const seconds = fc.integer({ min: -631_152_000, max: 2_524_607_999 });
    fc.assert(
      fc.property(seconds, (second) => {
        assert.equal(DerReader.of(der.utcTime(second * 1000)).time(), second * 1000);
        assert.equal(DerReader.of(der.generalizedTime(second * 1000)).time(), second * 1000);
      }),
      settings,
    );
  });

  it('tag numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 28 - 1 }), (number) => {
        assert.equal(DerReader.of(der.explicit(number, der.null())).explicit(number)?.isEmpty, false);
      }),
      settings,
    );
  });
});
