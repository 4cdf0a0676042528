import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, der, TAG } from '@assay/formats';
import { assertRefused, hex, refuses } from './helpers.ts';

describe('headers', () => {
  const filled = (header: string, length: number) => concat(hex(header), new Uint8Array(length));

  it('reads lengths in their shortest form', () => {
    for (const [header, length] of [
      ['04 00', 0],
      ['04 7f', 0x7f],
      ['04 81 80', 0x80],
      ['04 81 ff', 0xff],
      ['04 82 0100', 0x100],
      ['04 83 010000', 0x10000],
    ] as const) {
      assert.equal(DerReader.of(filled(header, length)).octetString().length, length);
    }
  });

  it('reads high tag numbers', () => {
    for (const [digits, number] of [
      ['bf 1f 00', 31],
      ['bf 7f 00', 127],
      ['bf 8100 00', 128],
      ['bf 8554 00', 724],
      ['bf ffffff7f 00', 0x0fffffff],
    ] as const) {
      assert.deepEqual(DerReader.of(hex(digits)).element().tag, { class: 'context', constructed: true, number });
    }
  });

  refuses(
    [
      ['nothing', '', 'der.element_missing', 0],
      ['an identifier alone', '04', 'der.truncated', 1],
      ['a length cut off', '04 82 01', 'der.truncated', 3],
      ['content cut off', '04 02 00', 'der.truncated', 2],
      ['a length of 2^31', '04 84 80000000 00', 'der.truncated', 6],
      ['a length of 2^32 - 1', '04 84 ffffffff 00', 'der.truncated', 6],
      ['a length in five octets', '04 85 0000000001 00', 'der.length_too_large', 1],
      ['a length in 127 octets', '04 ff 00', 'der.length_too_large', 1],
      ['an indefinite length', '30 80 0000', 'der.length_indefinite', 1],
      ['0 in a long form', '04 81 00', 'der.length_not_minimal', 1],
      ['127 in a long form', concat(hex('04 81 7f'), new Uint8Array(127)), 'der.length_not_minimal', 1],
      ['255 in two octets', concat(hex('04 82 00ff'), new Uint8Array(255)), 'der.length_not_minimal', 1],
      ['a length with a leading zero', concat(hex('04 83 000100'), new Uint8Array(256)), 'der.length_not_minimal', 1],
      ['a high form of tag 30', 'bf 1e 00', 'der.tag_not_minimal', 1],
      ['a tag number with a leading zero', 'bf 80 1f 00', 'der.tag_not_minimal', 1],
      ['a tag number cut off', 'bf 85', 'der.truncated', 2],
      ['a tag number over 28 bits', 'bf 81 80 80 80 00 00', 'der.tag_too_large', 5],
      ['end-of-contents', '00 00', 'der.tag_reserved', 0],
      ['end-of-contents with content', '00 01 00', 'der.tag_reserved', 0],
      ['a constructed OCTET STRING', '24 00', 'der.form_invalid', 0],
      ['a constructed INTEGER', '22 00', 'der.form_invalid', 0],
      ['a primitive SEQUENCE', '10 00', 'der.form_invalid', 0],
      ['a primitive SET', '11 00', 'der.form_invalid', 0],
    ],
    (input: string | Uint8Array) => DerReader.of(typeof input === 'string' ? hex(input) : input).skip(),
  );
});

describe('limits', () => {
  const nested = (depth: number) => {
    let element: Uint8Array = der.null();
    for (let level = 0; level < depth; level += 1) element = der.sequence(element);
    return element;
  };
  const dive = (reader: DerReader): void => {
    if (reader.peek() === TAG.SEQUENCE) dive(reader.enter(TAG.SEQUENCE));
  };

  it('bounds the nesting', () => {
    dive(DerReader.of(nested(16)));
    assertRefused(() => dive(DerReader.of(nested(17))), 'der.too_deep');
    assertRefused(() => dive(DerReader.of(nested(3), { maxDepth: 2 })), 'der.too_deep', 6);
  });

  it('bounds the elements, over all readers of one input together', () => {
    const input = der.sequence(der.sequence(der.null()), der.sequence(der.null()));
    const walk = (maxNodes: number) => {
      const outer = DerReader.of(input, { maxNodes }).enter(TAG.SEQUENCE);
      for (const inner of [outer.enter(TAG.SEQUENCE), outer.enter(TAG.SEQUENCE)]) inner.nullValue();
    };
    walk(5);
    assertRefused(() => walk(4), 'der.too_many_elements');
    const many = DerReader.of(new Uint8Array(10_000).fill(5).map((octet, at) => (at % 2 === 0 ? octet : 0)));
    assertRefused(
      () => {
        while (!many.isEmpty) many.skip();
      },
      'der.too_many_elements',
      2 * 4096,
    );
  });

  it('bounds the input', () => {
    DerReader.of(hex('05 00'), { maxBytes: 2 }).nullValue();
    assertRefused(() => DerReader.of(hex('05 00'), { maxBytes: 1 }), 'der.input_too_large');
    assertRefused(() => DerReader.of(new Uint8Array((1 << 20) + 1)), 'der.input_too_large');
  });
});
