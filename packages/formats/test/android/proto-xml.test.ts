import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { parseProtoXml } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from '../artifact-helpers.ts';
import { hostile } from '../fuzz.ts';
import { hex, SEEDED } from '../helpers.ts';
import { bytes, float, number, text } from './write-proto.ts';
import { ANDROID } from './write-xml.ts';

const place = (line: number, column: number) => bytes(3, number(1, line), number(2, column));
const element = (name: string, ...parts: Uint8Array[]) => bytes(1, text(3, name), ...parts);
const child = (...parts: Uint8Array[]) => bytes(5, ...parts);
const attribute = (name: string, value: string, ...parts: Uint8Array[]) =>
  bytes(4, text(2, name), text(3, value), ...parts);
const compiled = (...item: Uint8Array[]) => bytes(6, ...item);
const primitive = (field: Uint8Array) => compiled(bytes(7, field));

const MANIFEST = concat(
  element(
    'manifest',
    bytes(1, text(1, 'android'), text(2, ANDROID)),
    attribute('package', 'com.example.app', bytes(4, number(1, 3), number(2, 7))),
    child(
      element(
        'application',
        attribute('debuggable', 'true', text(1, ANDROID), number(5, 0x0101000f), primitive(number(8, 1))),
        attribute('networkSecurityConfig', '@xml/n', number(5, 0x01010527), compiled(bytes(1, number(2, 0x7f010000)))),
      ),
      place(5, 9),
    ),
    child(text(2, 'text ')),
    child(element('uses-sdk', text(2, 'urn:x'))),
    child(text(2, 'ż')),
  ),
  place(2, 1),
);

describe('parseProtoXml', () => {
  it('reads a tree', () => {
    const root = parseProtoXml(MANIFEST);
    assert.deepEqual([root.name, root.text, root.at], ['manifest', 'text ż', { line: 2, column: 1 }]);
    assert.deepEqual(root.attributes, [{ name: 'package', value: 'com.example.app', at: { line: 3, column: 7 } }]);
    assert.deepEqual(
      root.children.map(({ name, namespace, at }) => [name, namespace, at.line]),
      [
        ['application', undefined, 5],
        ['uses-sdk', 'urn:x', 0],
      ],
    );
    const at = { line: 0, column: 0 };
    assert.deepEqual(root.children[0]?.attributes, [
      { name: 'debuggable', namespace: ANDROID, resourceId: 0x0101000f, value: 'true', at },
      {
        name: 'networkSecurityConfig',
        namespace: ANDROID,
        resourceId: 0x01010527,
        value: '@0x7f010000',
        reference: 0x7f010000,
        at,
      },
    ]);
  });

  it('gives a compiled value the text of its type, and any other its own', () => {
    const rows: readonly [compiled: Uint8Array, value: string][] = [
      [new Uint8Array(), 'raw'],
      [compiled(), ''],
      [compiled(bytes(1, number(2, 0))), ''],
      [compiled(bytes(1, number(1, 1), number(2, 0x7f010000))), '?0x7f010000'],
      [compiled(bytes(1, text(3, 'xml/late'))), '@xml/late'],
      [compiled(bytes(2, text(1, 'string'))), 'string'],
      [compiled(bytes(3, text(1, 'raw string'))), 'raw string'],
      [compiled(bytes(4, text(1, 'styled'))), 'styled'],
      [compiled(bytes(5, text(1, 'res/a.xml'))), 'res/a.xml'],
      [compiled(bytes(6)), ''],
      [primitive(bytes(1)), ''],
      [primitive(float(3, 0.1)), '0.1'],
      [primitive(float(4, 16)), '16'],
      [primitive(float(5, 0.5)), '0.5'],
      [primitive(number(13, 0x1001)), '16dp'],
      [primitive(number(14, 0x40000030)), '50%'],
      [primitive(number(6, -5)), '-5'],
      [primitive(number(7, 42)), '0x2a'],
      [primitive(number(8, 0)), 'false'],
      [primitive(number(9, 0xff00ff00)), '#ff00ff00'],
    ];
    for (const [item, value] of rows) {
      const [read] = parseProtoXml(element('a', attribute('b', 'raw', item))).attributes;
      assert.equal(read?.value, value);
    }
  });

  it('goes by the resource id of a name, and takes any integer but 0 for true', () => {
    for (const [item, value] of [
      [number(6, 7), 'true'],
      [number(6, 0), 'false'],
      [number(7, 0), 'false'],
      [number(9, 0), 'false'],
    ] as const) {
      const [read] = parseProtoXml(
        element('a', attribute('x', 'x', number(5, 0x0101000f), primitive(item))),
      ).attributes;
      assert.deepEqual([read?.name, read?.namespace, read?.value], ['debuggable', ANDROID, value]);
    }
  });

  refuses(
    [
      ['an empty file', new Uint8Array(), 'binary_xml.root_missing'],
      ['a text alone', text(2, 'text'), 'binary_xml.root_missing'],
      ['an element without a name', element(''), 'binary_xml.name_missing'],
      ['a second root', concat(element('a'), element('b')), 'protobuf.field_repeated'],
      ['an element that is a text', concat(element('a'), text(2, 'b')), 'protobuf.field_repeated'],
      [
        'a value that is a reference and a text',
        element('a', attribute('b', 'c', compiled(bytes(1, number(2, 1)), bytes(2, text(1, 'd'))))),
        'protobuf.field_repeated',
      ],
      [
        'a value that is true and a number',
        element('a', attribute('b', 'c', primitive(concat(number(8, 1), number(6, 0))))),
        'protobuf.field_repeated',
      ],
      ['a number for an element', number(1, 1), 'protobuf.type_unexpected'],
      ['a file that is cut off', MANIFEST.subarray(0, 40), 'artifact.truncated'],
      ['text that is not UTF-8', bytes(1, hex('1a 01 ff')), 'artifact.text_invalid'],
    ],
    parseProtoXml,
  );

  it('refuses what is over a limit', () => {
    assertRefused(() => parseProtoXml(MANIFEST, { maxBytes: 100 }), 'artifact.input_too_large');
    assertRefused(() => parseProtoXml(MANIFEST, { maxDepth: 1 }), 'artifact.too_deep');
    assertRefused(() => parseProtoXml(MANIFEST, { maxNodes: 7 }), 'artifact.too_many_items');
    assert.equal(parseProtoXml(MANIFEST, { maxDepth: 2, maxNodes: 8 }).name, 'manifest');
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    fc.assert(
      fc.property(hostile([MANIFEST]), (input) => assertTyped(() => parseProtoXml(input))),
      SEEDED,
    );
  });
});
