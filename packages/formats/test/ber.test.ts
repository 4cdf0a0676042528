import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, der, normaliseBer, TAG } from '@assay/formats';
import fc from 'fast-check';
import { hostile } from './fuzz.ts';
import { assertRefused, hex, outcome, refuses, SEEDED } from './helpers.ts';

describe('normalising', () => {
  for (const [what, ber, definite] of [
    ['a primitive element', '04 01 ab', '04 01 ab'],
    ['a definite SEQUENCE', '30 03 020105', '30 03 020105'],
    ['an indefinite SEQUENCE', '30 80 020105 0000', '30 03 020105'],
    ['an empty indefinite SEQUENCE', '30 80 0000', '30 00'],
    ['indefinite in indefinite', '30 80 31 80 0500 0000 0500 0000', '30 06 31 02 0500 0500'],
    ['indefinite in definite', '30 06 a0 80 0500 0000', '30 04 a0 02 0500'],
    ['definite in indefinite', '30 80 30 02 0500 0000', '30 04 30 02 0500'],
    ['a segmented OCTET STRING', '24 80 0401aa 0402bbcc 0000', '04 03 aabbcc'],
    ['a segmented OCTET STRING of definite length', '24 07 0401aa 0402bbcc', '04 03 aabbcc'],
    ['segments in segments', '24 80 24 80 0401aa 0000 0401bb 0000', '04 02 aabb'],
    ['an OCTET STRING of no segments', '24 80 0000', '04 00'],
    ['a length that is not minimal', '30 84 00000005 02 82 0001 05', '30 03 020105'],
    ['a high tag number', 'bf 8540 80 0500 0000', 'bf 8540 02 0500'],
    ['zeros inside a primitive element', '30 80 04 02 0000 0000', '30 04 04 02 0000'],
    ['an unsorted SET', '31 80 020102 020101 0000', '31 06 020102 020101'],
  ] as const) {
    it(`reads ${what}`, () => assert.deepEqual(normaliseBer(hex(ber)), hex(definite)));
  }

  it('lengthens lengths that grow past 127', () => {
    const segment = der.octets(new Uint8Array(100));
    const ber = concat(hex('24 80'), segment, segment, hex('0000'));
    assert.deepEqual(normaliseBer(ber), der.octets(new Uint8Array(200)));
  });
});

describe('refusing', () => {
  refuses(
    [
      ['nothing', '', 'der.element_missing', 0],
      ['a second element', '0500 0500', 'der.trailing_bytes', 2],
      ['a missing end', '30 80 0500', 'ber.end_of_contents_missing', 4],
      ['a missing end inside a definite element', '30 04 30 80 0500 0000', 'ber.end_of_contents_missing', 6],
      ['half an end', '30 80 00', 'der.truncated', 3],
      ['an end with content', '30 80 00 01 00', 'der.tag_reserved', 2],
      ['an end without a beginning', '30 02 0000', 'der.tag_reserved', 2],
      ['an end at the top', '00 00', 'der.tag_reserved', 0],
      ['a primitive element of indefinite length', '04 80 0000', 'ber.length_indefinite_primitive', 1],
      ['a segment of another type', '24 80 020105 0000', 'ber.segment_invalid', 2],
      ['an end among definite segments', '24 02 0000', 'ber.segment_invalid', 2],
      ['a segment cut off by its element', '24 03 0402aa', 'der.truncated', 4],
      ['content cut off', '30 80 0403aa', 'der.truncated', 4],
      ['a length of 2^32 - 1', '30 84 ffffffff', 'der.truncated', 6],
      ['a length in five octets', '30 85 0000000000', 'der.length_too_large', 1],
      ['a tag number with a leading zero', 'bf 80 1f 00', 'der.tag_not_minimal', 1],
    ],
    (digits) => normaliseBer(hex(digits)),
  );

  it('bounds nesting, elements and input', () => {
    const nested = (octets: string, depth: number) => hex(octets.repeat(depth) + '0000'.repeat(depth));
    for (const octets of ['3080', '2480', 'a080']) {
      normaliseBer(nested(octets, 16));
      assertRefused(() => normaliseBer(nested(octets, 17)), 'der.too_deep');
      assertRefused(() => normaliseBer(nested(octets, 200_000)), 'der.too_deep');
    }
    const many = der.sequence(...Array.from({ length: 4096 }, () => der.null()));
    assertRefused(() => normaliseBer(many), 'der.too_many_elements');
    normaliseBer(many, { maxNodes: 4097 });
    assertRefused(() => normaliseBer(hex('0500'), { maxBytes: 1 }), 'der.input_too_large');
  });
});

/** The same tree in both forms: random lengths and segments, and the definite form that is expected. */
const tree = fc.letrec<{ node: { ber: Uint8Array; der: Uint8Array } }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.uint8Array({ maxLength: 200 }).map((content) => ({ ber: der.octets(content), der: der.octets(content) })),
    fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 4 }).map((segments) => ({
      ber: concat(hex('2480'), ...segments.map((segment) => der.octets(segment)), hex('0000')),
      der: der.octets(concat(...segments)),
    })),
    fc.tuple(fc.boolean(), fc.array(tie('node'), { maxLength: 4 })).map(([isIndefinite, nodes]) => {
      const inner = concat(...nodes.map((node) => node.ber));
      return {
        ber: isIndefinite ? concat(hex('3080'), inner, hex('0000')) : der.raw(TAG.SEQUENCE, inner),
        der: der.sequence(...nodes.map((node) => node.der)),
      };
    }),
  ),
})).node;

describe('properties', () => {
  it('gives the definite form of any tree', () => {
    fc.assert(
      fc.property(tree, (node) => assert.deepEqual(normaliseBer(node.ber), Uint8Array.from(node.der))),
      { ...SEEDED, numRuns: 500 },
    );
  });

  it('gives of hostile bytes nothing that is not stable and definite', () => {
    const valid = fc.sample(tree, { seed: SEEDED.seed, numRuns: 30 }).map((node) => node.ber);
    fc.assert(
      fc.property(hostile(valid), (bytes) => {
        const normal = outcome(() => normaliseBer(bytes));
        if ('code' in normal) return;
        assert.deepEqual(normaliseBer(normal.value), normal.value);
        assert.ok(normal.value.length <= bytes.length + 4 * 4096);
        assert.notEqual(normal.value[1], 0x80);
      }),
      { ...SEEDED, numRuns: 5000 },
    );
  });

  it('leaves DER as it is', () => {
    const value = der.sequence(der.integer(5), der.explicit(704, der.set(der.octets(hex('ab')))));
    assert.deepEqual(normaliseBer(value), value);
    DerReader.of(normaliseBer(value)).enter(TAG.SEQUENCE);
  });
});
