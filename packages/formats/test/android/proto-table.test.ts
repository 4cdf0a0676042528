import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { parseProtoResourceTable } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from '../artifact-helpers.ts';
import { hostile } from '../fuzz.ts';
import { hex, SEEDED } from '../helpers.ts';
import { bytes, id, number, text } from './write-proto.ts';

const value = (config: Uint8Array, ...item: Uint8Array[]) => bytes(6, bytes(1, config), bytes(2, bytes(4, ...item)));
const file = (path: string) => bytes(5, text(1, path));
const reference = (target: number) => bytes(1, number(2, target));
const entry = (index: number, name: string, ...values: Uint8Array[]) =>
  bytes(3, id(1, index), text(2, name), ...values);
const type = (typeId: number, name: string, ...entries: Uint8Array[]) =>
  bytes(3, id(1, typeId), text(2, name), ...entries);
const any = new Uint8Array();

const TABLE = concat(
  bytes(1, bytes(1, hex('01'))),
  bytes(
    2,
    id(1, 0x7f),
    text(2, 'com.example.app'),
    type(
      1,
      'xml',
      entry(0, 'backup', value(any, file('res/xml/backup.xml'))),
      entry(2, 'net', value(any, file('res/xml/net.xml')), value(number(24, 28), file('res/xml-v28/net.xml'))),
    ),
    type(
      2,
      'bool',
      entry(0, 'clear', value(any, bytes(7, number(8, 1)))),
      entry(1, 'alias', value(any, reference(0x7f020000))),
    ),
    type(3, 'style', entry(0, 'theme', bytes(6, bytes(2, bytes(5, bytes(2)))))),
  ),
);

describe('parseProtoResourceTable', () => {
  const table = parseProtoResourceTable(TABLE);

  it('reads what an APK made of the bundle will hold', () => {
    assert.deepEqual(table.packages, [{ id: 0x7f, name: 'com.example.app' }]);
    assert.deepEqual(table.find('xml/net'), [
      {
        id: 0x7f010002,
        type: 'xml',
        name: 'net',
        values: [
          { kind: 'string', text: 'res/xml/net.xml', config: '' },
          { kind: 'string', text: 'res/xml-v28/net.xml', config: 'v28' },
        ],
      },
    ]);
    assert.deepEqual(
      table.list('xml').map(({ name }) => name),
      ['backup', 'net'],
    );
    assert.deepEqual(table.resolve(0x7f020001), [{ kind: 'boolean', text: 'true', config: '' }]);
    assert.deepEqual(table.get(0x7f030000)?.values, [{ kind: 'map', text: '', config: '' }]);
    assert.deepEqual([table.get(0x7f010001), table.resolve(0x7f010001)], [undefined, []]);
  });

  const all = (input: Uint8Array) => {
    const read = parseProtoResourceTable(input);
    return ['xml', 'bool', 'style', ''].flatMap((name) => read.list(name).map((each) => read.resolve(each.id)));
  };
  refuses(
    [
      ['a file that is cut off', TABLE.subarray(0, -1), 'artifact.truncated'],
      [
        'a value that is an item and a map',
        bytes(2, type(1, 'xml', entry(0, 'a', bytes(6, bytes(2, bytes(4), bytes(5)))))),
        'protobuf.field_repeated',
      ],
      ['a number for a package', number(2, 1), 'protobuf.type_unexpected'],
      [
        'two items for one value',
        bytes(2, type(1, 'xml', entry(0, 'a', bytes(6, bytes(2, bytes(4), bytes(4)))))),
        'protobuf.field_repeated',
      ],
    ],
    all,
  );

  it('refuses what is over a limit', () => {
    assertRefused(() => parseProtoResourceTable(TABLE, { maxBytes: 100 }), 'artifact.input_too_large');
    assertRefused(() => parseProtoResourceTable(TABLE, { maxSteps: 20 }), 'artifact.too_many_items');
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    fc.assert(
      fc.property(hostile([TABLE]), (input) => assertTyped(() => all(input))),
      SEEDED,
    );
  });
});
