import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeUtf8, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { decodePortably, fromUnits } from '../src/utf8.ts';
import { type BadRow, hex, outcome, refuses, SEEDED } from './helpers.ts';

const BAD: readonly BadRow<string>[] = [
  ['a continuation byte alone', '61 80', 'utf8.invalid', 1],
  ['an overlong slash', 'c0 af', 'utf8.invalid', 0],
  ['an overlong NUL', 'e0 80 80', 'utf8.invalid', 0],
  ['an overlong form of four bytes', 'f0 80 80 80', 'utf8.invalid', 0],
  ['a high surrogate', '61 ed a0 80', 'utf8.invalid', 1],
  ['a low surrogate', 'ed bf bf', 'utf8.invalid', 0],
  ['a point over U+10FFFF', 'f4 90 80 80', 'utf8.invalid', 0],
  ['a lead byte that never occurs', 'f5 80 80 80', 'utf8.invalid', 0],
  ['a sequence that the input cuts off', '61 62 e2 82', 'utf8.invalid', 2],
  ['a sequence that a letter cuts off', 'e2 82 61', 'utf8.invalid', 0],
];

const TEXTS = ['', 'a', '\0', 'ä', '€', '😀', '\ufeffx', '\ud7ff\ue000', 'x'.repeat(9000) + '😀'.repeat(3000)];

describe('decoding', () => {
  const decoders = {
    decodeUtf8,
    'the portable decoder': (bytes: Uint8Array) => decodePortably(bytes, 'utf8.invalid', 0),
  };
  for (const [name, decode] of Object.entries(decoders)) {
    describe(name, () => {
      it('reads what UTF-8 allows and keeps a byte order mark', () => {
        for (const text of TEXTS) assert.equal(decode(utf8(text)), text);
      });
      refuses(BAD, (digits) => decode(hex(digits)));
    });
  }

  it('gives the same with and without the platform’s decoder', () => {
    const lead = fc.constantFrom(0x61, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x90, 0xa0, 0x9f);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.array(lead, { maxLength: 8 })), (octets) => {
        const bytes = Uint8Array.from(octets);
        assert.deepEqual(
          outcome(() => decodeUtf8(bytes)),
          outcome(() => decodePortably(bytes, 'utf8.invalid', 0)),
        );
      }),
      SEEDED,
    );
  });
});

describe('encoding', () => {
  it('agrees with the platform on well-formed text', () => {
    for (const text of TEXTS) assert.deepEqual(utf8(text), new TextEncoder().encode(text));
  });
  refuses(
    [
      ['a high surrogate alone', 'ab\ud800', 'utf8.lone_surrogate', 2],
      ['a low surrogate alone', '\udc00a', 'utf8.lone_surrogate', 0],
      ['a pair the wrong way round', '\udc00\ud800', 'utf8.lone_surrogate', 0],
    ],
    utf8,
  );
});

it('makes long strings of units in pieces', () => {
  assert.equal(fromUnits(new Uint8Array(10_000).fill(0xe9)), 'é'.repeat(10_000));
});
