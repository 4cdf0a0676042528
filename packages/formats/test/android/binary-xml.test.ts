import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { parseBinaryXml, type XmlElement } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from '../artifact-helpers.ts';
import { le, patched, zeros } from '../bytes-writer.ts';
import { hostile } from '../fuzz.ts';
import { SEEDED } from '../helpers.ts';
import { chunk, stringPool } from './write-chunk.ts';
import { ANDROID, type Element, join, node, type Parts, writeXml, xmlParts } from './write-xml.ts';

const MANIFEST: Element = {
  name: 'manifest',
  line: 2,
  attributes: [{ name: 'package', value: 'com.example.app' }],
  children: [
    {
      name: 'application',
      line: 5,
      attributes: [
        { name: 'debuggable', namespace: ANDROID, id: 0x0101000f, type: 0x12, value: -1 },
        { name: 'networkSecurityConfig', namespace: ANDROID, id: 0x01010527, type: 1, value: 0x7f010000 },
        { name: 'targetSdkVersion', namespace: ANDROID, id: 0x01010270, type: 0x10, value: 36 },
      ],
      children: [{ name: 'activity', children: [] }],
    },
    'Zażółć ',
    { name: 'uses-sdk' },
    '🔒 gęślą',
  ],
};

const parts = xmlParts(MANIFEST);

/** The attribute of a document that has one. */
function single(attribute: NonNullable<Element['attributes']>[number]): XmlElement['attributes'][number] {
  const [read] = parseBinaryXml(writeXml({ name: 'a', attributes: [attribute] })).attributes;
  assert.ok(read);
  return read;
}

const textOf = (type: number, value: number | string) => single({ name: 'x', type, value }).value;

describe('parseBinaryXml', () => {
  for (const utf16 of [false, true]) {
    it(`reads a tree with its strings in UTF-${utf16 ? 16 : 8}`, () => {
      const root = parseBinaryXml(writeXml(MANIFEST, { utf16 }));
      assert.equal(root.name, 'manifest');
      assert.equal(root.text, 'Zażółć 🔒 gęślą');
      assert.deepEqual([root.at.line, root.at.column], [2, 0]);
      assert.deepEqual(
        root.children.map(({ name }) => name),
        ['application', 'uses-sdk'],
      );
      assert.deepEqual(
        root.children[0]?.attributes.map(({ at: _, ...attribute }) => attribute),
        [
          { name: 'debuggable', namespace: ANDROID, resourceId: 0x0101000f, value: 'true' },
          {
            name: 'networkSecurityConfig',
            namespace: ANDROID,
            resourceId: 0x01010527,
            value: '@0x7f010000',
            reference: 0x7f010000,
          },
          { name: 'targetSdkVersion', namespace: ANDROID, resourceId: 0x01010270, value: '36' },
        ],
      );
    });
  }

  it('gives each value the text of its type', () => {
    const rows: readonly [type: number, data: number | string, text: string][] = [
      [0x00, 0, ''],
      [0x01, 0, ''],
      [0x02, 0x7f010001, '?0x7f010001'],
      [0x03, 'text', 'text'],
      [0x03, 0x7fff, ''],
      [0x04, 0x3dcccccd, '0.1'],
      [0x05, 0x00001001, '16dp'],
      [0x05, 0x00018012, '3sp'],
      [0x06, 0x40000030, '50%'],
      [0x07, 0x02010001, '@0x02010001'],
      [0x10, -5, '-5'],
      [0x11, 0x2a, '0x2a'],
      [0x12, 0, 'false'],
      [0x13, 7, '7'],
      [0x1c, 0x00ff0001, '#00ff0001'],
      [0x99, 1, ''],
    ];
    for (const [type, data, text] of rows) assert.equal(textOf(type, data), text, `type ${type}`);
  });

  it('goes by the resource id of a name, not by the name', () => {
    for (const name of ['', 'harmless']) {
      const read = single({ name, id: 0x0101000f, type: 0x10, value: 7 });
      assert.deepEqual([read.name, read.namespace, read.value], ['debuggable', ANDROID, 'true']);
    }
  });

  it('has no id for a name that stands outside the resource map', () => {
    assert.equal(single({ name: 'debuggable', value: 'true' }).resourceId, undefined);
  });

  it('says where an element and its attribute stand', () => {
    const bytes = writeXml({ name: 'a', line: 9, attributes: [{ name: 'b', value: 'c' }] });
    const { at, attributes } = parseBinaryXml(bytes);
    const [attribute] = attributes;
    assert.equal(at.line, 9);
    assert.deepEqual([attribute?.at.line, attribute?.at.end], [9, at.end]);
    assert.deepEqual(bytes.subarray(at.start, (at.start ?? 0) + 2), le(2, 0x102));
  });
});

describe('a document that is packed to mislead', () => {
  const expected = JSON.stringify(withoutPlaces(parseBinaryXml(join(parts))));
  const read = (altered: Partial<Parts>) => parseBinaryXml(join({ ...parts, ...altered }));
  const junk = chunk(0x7777, zeros(8), zeros(12));
  const rows: readonly [name: string, bytes: Uint8Array][] = [
    ['another type in the outer header', patched(join(parts), 0, le(2, 0))],
    ['bytes behind the end', concat(join(parts), zeros(7))],
    ['a chunk of unknown type before the strings', join({ ...parts, pool: concat(junk, parts.pool) })],
    ['a chunk of unknown type between nodes', join({ ...parts, nodes: parts.nodes.flatMap((each) => [each, junk]) })],
    ['a string pool before the true one', join({ ...parts, pool: concat(stringPool(['fake']), parts.pool) })],
    ['a damaged string pool before the true one', join({ ...parts, pool: concat(chunk(1, zeros(4)), parts.pool) })],
    ['a string pool among the nodes', join({ ...parts, nodes: [...parts.nodes, stringPool(['fake'])] })],
    ['a longer header', join({ ...parts, nodes: parts.nodes.map(withLongHeader) })],
  ];
  for (const [name, bytes] of rows) {
    it(`is read as Android reads it: ${name}`, () => {
      assert.equal(JSON.stringify(withoutPlaces(parseBinaryXml(bytes))), expected);
    });
  }

  it('reads attributes that stand further behind and wider apart', () => {
    const attribute = concat(le(4, -1), le(4, 0), le(4, -1), le(2, 8), le(1, 0), le(1, 0x10), le(4, 5), zeros(4));
    const head = concat(le(4, -1), le(4, 0), le(2, 24), le(2, 24), le(2, 1), zeros(6), zeros(4));
    const nodes = [node(0x102, 1, concat(head, attribute)), node(0x103, 1, zeros(8))];
    const [only] = read({ pool: stringPool(['a']), map: new Uint8Array(), nodes }).attributes;
    assert.deepEqual([only?.name, only?.value], ['a', '5']);
  });

  it('reads a text whose length AAPT cut off', () => {
    const long = 'x'.repeat(0x8005);
    const pool = stringPool(['a', long]);
    const nodes = [
      node(0x102, 1, concat(le(4, -1), le(4, 0), le(2, 20), le(2, 20), zeros(8))),
      node(0x104, 1, concat(le(4, 1), zeros(8))),
      node(0x103, 1, zeros(8)),
    ];
    assert.ok(read({ pool, map: new Uint8Array(), nodes }).text === long);
  });

  function withLongHeader(bytes: Uint8Array): Uint8Array {
    const longer = concat(bytes.subarray(0, 16), zeros(4), bytes.subarray(16));
    return patched(patched(longer, 2, le(2, 20)), 4, le(4, longer.length));
  }
});

function withoutPlaces({ at: _, attributes, children, ...rest }: XmlElement): object {
  const bare = attributes.map(({ at: __, ...attribute }) => attribute);
  return { ...rest, attributes: bare, children: children.map(withoutPlaces) };
}

describe('a bad document', () => {
  const open = parts.nodes[1] ?? zeros(0);
  const end = parts.nodes.at(-2) ?? zeros(0);
  const withNodes = (...nodes: Uint8Array[]) => join({ ...parts, nodes });
  const bytes = join(parts);
  refuses(
    [
      ['an empty file', zeros(0), 'artifact.truncated'],
      ['a text file', concat(le(4, 0x6d783f3c), le(4, 0x6576206c), zeros(99)), 'resource_chunk.header_invalid'],
      ['a file that is cut off', bytes.subarray(0, -1), 'resource_chunk.header_invalid'],
      ['an outer header of no size', patched(bytes, 2, le(2, 0)), 'resource_chunk.header_invalid'],
      ['a chunk of no size', patched(bytes, 8 + 4, le(4, 0)), 'resource_chunk.header_invalid'],
      ['a chunk of odd size', patched(bytes, 8 + 4, le(4, 1001)), 'resource_chunk.header_invalid'],
      ['a chunk larger than the file', patched(bytes, 8 + 4, le(4, 0x7ffffffc)), 'resource_chunk.header_invalid'],
      [
        'chunks of odd sizes',
        withNodes(open, node(0x300, 1, zeros(1)), node(0x300, 1, zeros(3)), end),
        'resource_chunk.header_invalid',
      ],
      ['no node', withNodes(), 'binary_xml.root_missing'],
      ['no string pool', join({ ...parts, pool: zeros(0) }), 'binary_xml.strings_missing'],
      ['an element that is not closed', withNodes(open), 'binary_xml.element_unclosed'],
      ['an end without a begin', withNodes(end), 'binary_xml.end_unexpected'],
      ['a second root', withNodes(open, end, open, end), 'binary_xml.root_repeated'],
      ['an element without a name', withNodes(patched(open, 20, le(4, -1))), 'binary_xml.name_missing'],
      ['more attributes than the node holds', withNodes(patched(open, 28, le(2, 2)), end), 'artifact.truncated'],
      ['a node too short for its kind', withNodes(node(0x102, 1, zeros(16))), 'artifact.truncated'],
      ['a text too short for its kind', withNodes(open, node(0x104, 1, zeros(4))), 'artifact.truncated'],
    ],
    parseBinaryXml,
  );

  it('refuses what is over a limit', () => {
    assertRefused(() => parseBinaryXml(bytes, { maxBytes: 100 }), 'artifact.input_too_large');
    assertRefused(() => parseBinaryXml(bytes, { maxDepth: 2 }), 'artifact.too_deep');
    assertRefused(() => parseBinaryXml(bytes, { maxNodes: 9 }), 'artifact.too_many_items');
    assertRefused(() => parseBinaryXml(bytes, { maxText: 20 }), 'artifact.too_much_text');
    assert.equal(parseBinaryXml(bytes, { maxDepth: 3, maxNodes: 10 }).name, 'manifest');
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    const valid = [bytes, writeXml(MANIFEST, { utf16: true })];
    fc.assert(
      fc.property(hostile(valid), (input) => assertTyped(() => parseBinaryXml(input))),
      SEEDED,
    );
  });
});
