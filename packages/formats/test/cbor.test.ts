import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CborValue, concat, encodeCbor, parseCbor, parseCborPrefix } from '@assay/formats';
import { decode } from 'cborg';
import fc from 'fast-check';
import { hostile } from './fuzz.ts';
import { assertRefused, hex, outcome, refuses, SEEDED } from './helpers.ts';

describe('reading', () => {
  const good: readonly (readonly [digits: string, value: CborValue])[] = [
    ['00', 0],
    ['17', 23],
    ['18 18', 24],
    ['19 0100', 256],
    ['1a 00010000', 65536],
    ['1b 0000000100000000', 2 ** 32],
    ['1b 001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['1b 0020000000000000', 2n ** 53n],
    ['1b ffffffffffffffff', 2n ** 64n - 1n],
    ['20', -1],
    ['38 18', -25],
    ['3b 001ffffffffffffe', Number.MIN_SAFE_INTEGER],
    ['3b 001fffffffffffff', -(2n ** 53n)],
    ['3b ffffffffffffffff', -(2n ** 64n)],
    ['40', hex('')],
    ['42 abcd', hex('abcd')],
    ['60', ''],
    ['62 c3a4', 'ä'],
    ['80', []],
    ['82 01 81 20', [1, [-1]]],
    ['a0', new Map()],
    [
      'a3 01 f4 20 f5 61 31 f6',
      new Map<number | string, CborValue>([
        [1, false],
        [-1, true],
        ['1', null],
      ]),
    ],
  ];
  for (const [digits, value] of good) {
    it(`reads ${digits}`, () => assert.deepEqual(parseCbor(hex(digits)), value));
    it(`writes ${digits}`, () => assert.deepEqual(encodeCbor(value), hex(digits)));
  }

  refuses(
    [
      ['nothing', '', 'cbor.truncated', 0],
      ['an argument cut off', '19 01', 'cbor.truncated', 2],
      ['bytes cut off', '43 0102', 'cbor.truncated', 1],
      ['text cut off', '62 61', 'cbor.truncated', 1],
      ['an array cut off', '82 01', 'cbor.truncated', 1],
      ['a map without its last value', 'a1 01', 'cbor.truncated', 1],
      ['bytes of 2^31', '5a 80000000', 'cbor.truncated', 5],
      ['text of 2^64 - 1', '7b ffffffffffffffff', 'cbor.truncated', 9],
      ['an array of 2^31', '9a 80000000 00', 'cbor.truncated', 5],
      ['a map of 2^64 - 1', 'bb ffffffffffffffff 00 00', 'cbor.truncated', 9],
      ['a second item', '00 00', 'cbor.trailing_bytes', 1],
      ['23 in two bytes', '18 17', 'cbor.argument_not_minimal', 0],
      ['255 in three bytes', '19 00ff', 'cbor.argument_not_minimal', 0],
      ['65535 in five bytes', '1a 0000ffff', 'cbor.argument_not_minimal', 0],
      ['2^32 - 1 in nine bytes', '1b 00000000ffffffff', 'cbor.argument_not_minimal', 0],
      ['a long length of text', '78 01 61', 'cbor.argument_not_minimal', 0],
      ['a long count of an array', '81 98 00', 'cbor.argument_not_minimal', 1],
      ['additional information 28', '1c', 'cbor.additional_information_reserved', 0],
      ['additional information 30', '5e', 'cbor.additional_information_reserved', 0],
      ['bytes of indefinite length', '5f 41 00 ff', 'cbor.length_indefinite', 0],
      ['text of indefinite length', '7f 61 61 ff', 'cbor.length_indefinite', 0],
      ['an array of indefinite length', '9f ff', 'cbor.length_indefinite', 0],
      ['a map of indefinite length', 'bf ff', 'cbor.length_indefinite', 0],
      ['a break', 'ff', 'cbor.length_indefinite', 0],
      ['a tag', 'c0 00', 'cbor.tag_refused', 0],
      ['half precision', 'f9 3c00', 'cbor.float_refused', 0],
      ['single precision', 'fa 3f800000', 'cbor.float_refused', 0],
      ['double precision', 'fb 3ff0000000000000', 'cbor.float_refused', 0],
      ['undefined', 'f7', 'cbor.simple_refused', 0],
      ['simple value 0', 'e0', 'cbor.simple_refused', 0],
      ['simple value in two bytes', 'f8 ff', 'cbor.simple_refused', 0],
      ['text that is not UTF-8', '61 ff', 'cbor.text_not_utf8', 1],
      ['a text key twice', 'a2 61 61 00 61 61 01', 'cbor.key_duplicate', 4],
      ['an integer key twice', 'a2 01 00 01 01', 'cbor.key_duplicate', 3],
      ['a byte string as key', 'a1 41 00 00', 'cbor.key_type_refused', 1],
      ['an array as key', 'a1 80 00', 'cbor.key_type_refused', 1],
      ['a boolean as key', 'a1 f5 00', 'cbor.key_type_refused', 1],
      ['an unsafe integer as key', 'a1 1b 0020000000000000 00', 'cbor.key_type_refused', 1],
    ],
    (digits) => parseCbor(hex(digits)),
  );

  it('gives byte strings as views', () => {
    const input = hex('42 abcd');
    const value = parseCbor(input);
    assert.ok(value instanceof Uint8Array);
    assert.equal(value.buffer, input.buffer);
  });
});

describe('reading a prefix', () => {
  it('leaves what follows to the caller', () => {
    assert.deepEqual(parseCborPrefix(hex('ff 81 01 ff'), 1), { value: [1], end: 3 });
    assert.deepEqual(parseCborPrefix(hex('00 00')), { value: 0, end: 1 });
  });
  refuses(
    [
      ['an offset at the end', 1, 'cbor.truncated', 1],
      ['an offset behind the end', 9, 'cbor.truncated', 9],
      ['an offset before the start', -1, 'cbor.truncated', -1],
    ],
    (offset) => parseCborPrefix(hex('00'), offset),
  );
});

describe('limits', () => {
  const nested = (depth: number) => concat(new Uint8Array(depth).fill(0x81), hex('00'));

  it('bounds the nesting', () => {
    parseCbor(nested(16));
    assertRefused(() => parseCbor(nested(17)), 'cbor.too_deep');
    assertRefused(() => parseCbor(nested(500_000)), 'cbor.too_deep');
    assertRefused(() => parseCbor(hex('a1 01 a0'), { maxDepth: 1 }), 'cbor.too_deep');
  });

  it('bounds the items, keys included', () => {
    const many = concat(hex('99 1000'), new Uint8Array(4096));
    assertRefused(() => parseCbor(many), 'cbor.too_many_items');
    parseCbor(many, { maxItems: 4097 });
    parseCbor(hex('a1 01 02'), { maxItems: 3 });
    assertRefused(() => parseCbor(hex('a1 01 02'), { maxItems: 2 }), 'cbor.too_many_items');
  });

  it('bounds the input', () => {
    parseCbor(hex('41 00'), { maxBytes: 2 });
    assertRefused(() => parseCbor(hex('41 00'), { maxBytes: 1 }), 'cbor.input_too_large');
    assertRefused(() => parseCbor(new Uint8Array((1 << 20) + 1)), 'cbor.input_too_large');
  });
});

describe('writing', () => {
  it('keeps the given order of a map', () => {
    assert.deepEqual(
      encodeCbor(
        new Map([
          [3, 1],
          [1, 3],
        ]),
      ),
      hex('a2 03 01 01 03'),
    );
  });
  refuses<CborValue>(
    [
      ['a fraction', 0.5, 'cbor.value_unencodable'],
      ['an unsafe number', 2 ** 53, 'cbor.value_unencodable'],
      ['NaN', [Number.NaN], 'cbor.value_unencodable'],
      ['2^64', 2n ** 64n, 'cbor.value_unencodable'],
      ['-2^64 - 1', -(2n ** 64n) - 1n, 'cbor.value_unencodable'],
      ['half a surrogate pair', '\ud800', 'utf8.lone_surrogate'],
    ],
    encodeCbor,
  );
});

/** What the reader gives for integers: numbers where they are safe. */
const integer = fc
  .oneof(fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }), fc.integer().map(BigInt))
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    integer,
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: 'binary' })), tie('value')), { maxLength: 5 })
      .map((entries) => new Map(entries)),
  ),
}));

/** cborg, an independent decoder, in its strictest form. */
function oracle(bytes: Uint8Array): unknown {
  return decode(bytes, {
    strict: true,
    allowIndefinite: false,
    allowUndefined: false,
    rejectDuplicateMapKeys: true,
    useMaps: true,
  });
}

describe('properties', () => {
  it('reads back what it writes, and cborg reads the same', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const encoded = encodeCbor(value);
        assert.deepEqual(parseCbor(encoded), value);
        assert.deepEqual(oracle(encoded), value);
      }),
      { ...SEEDED, numRuns: 500 },
    );
  });

  it('accepts of hostile bytes only what cborg reads alike and what it would write itself', () => {
    const valid = fc.sample(anyValue, { seed: SEEDED.seed, numRuns: 40 }).map(encodeCbor);
    let accepted = 0;
    fc.assert(
      fc.property(hostile(valid), (bytes) => {
        const parsed = outcome(() => parseCbor(bytes));
        if ('code' in parsed) return;
        accepted += 1;
        assert.deepEqual(oracle(bytes), parsed.value);
        assert.deepEqual(encodeCbor(parsed.value), Uint8Array.from(bytes));
      }),
      { ...SEEDED, numRuns: 6000 },
    );
    assert.ok(accepted > 100, 'the property must not hold by refusing everything');
  });

  it('refuses every truncation of an item', () => {
    const whole = encodeCbor(
      new Map<string, CborValue>([
        ['a', [1, -300, 'ä']],
        ['b', new Map([[1, hex('0102')]])],
      ]),
    );
    for (let length = 0; length < whole.length; length += 1) {
      assertRefused(() => parseCbor(whole.subarray(0, length)), 'cbor.truncated');
    }
  });
});
