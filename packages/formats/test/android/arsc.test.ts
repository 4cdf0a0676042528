import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { parseResourceTable, type ResourceValue } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from '../artifact-helpers.ts';
import { le, patched, zeros } from '../bytes-writer.ts';
import { hostile } from '../fuzz.ts';
import { SEEDED } from '../helpers.ts';
import { type Form, type Package, type Value, writeArsc } from './write-arsc.ts';
import { chunk, stringPool } from './write-chunk.ts';

const reference = (data: number): Value => ({ type: 1, data });
const boolean = (value: boolean): Value => ({ type: 0x12, data: value ? -1 : 0 });

/** `v28`: the field `sdkVersion` alone. */
const V28 = patched(zeros(60), 20, le(2, 28));

function app(form: Form, compact = false): Package {
  return {
    name: 'com.example.app',
    types: [
      {
        name: 'xml',
        names: ['backup', 'absent', 'network_security_config'],
        configs: [
          { form, compact, values: { 0: 'res/xml/backup.xml', 2: 'res/3F.xml' } },
          { form, compact, config: V28, values: { 2: 'res/xml-v28/network_security_config.xml' } },
        ],
      },
      {
        name: 'bool',
        names: ['clear', 'alias'],
        configs: [{ form, compact, values: { 0: boolean(true), 1: reference(0x7f020000) } }],
      },
      { name: 'style', names: ['theme'], configs: [{ form, values: { 0: 'map' } }] },
    ],
  };
}

const texts = (values: readonly ResourceValue[]) => values.map(({ config, text }) => [config, text]);

describe('parseResourceTable', () => {
  for (const form of ['dense', 'offset16', 'sparse'] as const) {
    for (const compact of [false, true]) {
      it(`reads ${form} types with ${compact ? 'compact' : 'full'} entries`, () => {
        const table = parseResourceTable(writeArsc([app(form, compact)]));
        assert.deepEqual(
          table.packages.map(({ id, name }) => ({ id, name })),
          [{ id: 0x7f, name: 'com.example.app' }],
        );
        const [found] = table.find('xml/network_security_config');
        assert.equal(found?.id, 0x7f010002);
        assert.deepEqual(texts(found?.values ?? []), [
          ['', 'res/3F.xml'],
          ['v28', 'res/xml-v28/network_security_config.xml'],
        ]);
        assert.deepEqual(table.get(0x7f010002), found);
        for (const id of [0x7f010001, 0x7f010003, 0x7f020002]) assert.equal(table.get(id), undefined);
        assert.deepEqual(
          table.list('xml').map(({ name }) => name),
          ['backup', 'network_security_config'],
        );
        assert.deepEqual(table.get(0x7f020000)?.values, [{ kind: 'boolean', text: 'true', config: '' }]);
        assert.deepEqual(texts(table.resolve(0x7f020001)), [['', 'true']]);
        assert.deepEqual(table.get(0x7f030000)?.values, [{ kind: 'map', text: '', config: '' }]);
      });
    }
  }

  it('has nothing under an id or a name that is not there', () => {
    const table = parseResourceTable(writeArsc([app('dense')]));
    for (const id of [0, 0x7f010001, 0x7f010003, 0x7f040000, 0x7f010000 - 2 ** 24, 0xffffffff]) {
      assert.equal(table.get(id), undefined);
      assert.deepEqual(table.resolve(id), []);
    }
    for (const name of ['', 'xml', 'xml/', 'xml/absent', 'raw/backup', '/backup'])
      assert.deepEqual(table.find(name), []);
    assert.deepEqual(table.list('raw'), []);
  });

  it('moves the ids of a package with an offset', () => {
    const table = parseResourceTable(writeArsc([{ ...app('dense'), typeIdOffset: 0x10 }]));
    assert.deepEqual(
      table.list('xml').map(({ id }) => id),
      [0x7f110000, 0x7f110002],
    );
    assert.equal(table.get(0x7f110000)?.type, 'xml');
  });

  it('passes over chunks that it does not know and string pools behind the first', () => {
    const extra = concat(chunk(0x7777, zeros(4), zeros(8)), stringPool(['fake', 'fake', 'fake']));
    const [backup] = parseResourceTable(writeArsc([app('dense')], extra)).find('xml/backup');
    assert.deepEqual(texts(backup?.values ?? []), [['', 'res/xml/backup.xml']]);
  });

  it('reads a table without packages', () => {
    assert.deepEqual(parseResourceTable(writeArsc([])).packages, []);
  });
});

describe('resolve', () => {
  const table = (values: readonly Value[], extra: Partial<Package> = {}) =>
    parseResourceTable(
      writeArsc([
        {
          ...extra,
          types: [
            { name: 'string', names: values.map((_, index) => `s${index}`), configs: [{ values: { ...values } }] },
          ],
        },
      ]),
    );

  it('ends in a circle, with nothing', () => {
    const circle = table([reference(0x7f010001), reference(0x7f010000), reference(0x7f010002)]);
    assert.deepEqual(circle.resolve(0x7f010000), []);
    assert.deepEqual(circle.resolve(0x7f010002), []);
  });

  it('keeps what refers out of the table, or to the theme', () => {
    const values = table([reference(0x01040000), { type: 2, data: 0x7f010000 }]);
    assert.deepEqual(texts(values.resolve(0x7f010000)), [['', '@0x01040000']]);
    assert.deepEqual(texts(values.resolve(0x7f010001)), [['', '?0x7f010000']]);
  });

  it('follows as many references as Android does', () => {
    const chain = (length: number) =>
      table([...Array.from({ length }, (_, index) => reference(0x7f010001 + index)), 'the end']);
    assert.deepEqual(texts(chain(20).resolve(0x7f010000)), [['', 'the end']]);
    assertRefused(() => chain(21).resolve(0x7f010000), 'resource_table.reference_too_deep');
  });
});

describe('a bad table', () => {
  const good = writeArsc([app('dense')]);
  const typeAt = offsetOf(good, 0x201);
  const at = (offset: number, value: Uint8Array) => patched(good, typeAt + offset, value);
  const all = (bytes: Uint8Array) => {
    const table = parseResourceTable(bytes);
    return ['xml', 'bool', 'style', ''].flatMap((type) => table.list(type).map(({ id }) => table.resolve(id)));
  };
  refuses(
    [
      ['an empty file', zeros(0), 'artifact.truncated'],
      ['another kind of file', patched(good, 0, le(2, 3)), 'resource_table.root_invalid'],
      ['a file that is cut off', good.subarray(0, -4), 'resource_chunk.header_invalid'],
      ['a type with more entries than room', at(12, le(4, 0x40000001)), 'resource_table.entry_invalid'],
      ['entries outside the type', at(16, le(4, 0x7ffffffc)), 'resource_table.entry_invalid'],
      ['an entry outside the type', at(84, le(4, 0x7ffffffc)), 'resource_table.entry_invalid'],
      ['a value outside the type', at(84 + 12, le(2, 0xfff0)), 'resource_table.entry_invalid'],
      ['a package without names', patched(good, offsetOf(good, 0x200) + 268, le(4, 0)), 'string_pool.invalid'],
      [
        'a package header that is too short',
        patched(good, offsetOf(good, 0x200) + 2, le(2, 280)),
        'resource_chunk.header_invalid',
      ],
    ],
    all,
  );

  it('refuses a type with more entries than an id can tell', () => {
    const names = Array.from({ length: 0x10001 }, () => 'a');
    const type = { name: 'bool', names, configs: [{ values: { [0x10000]: 'x' } }] };
    assertRefused(() => parseResourceTable(writeArsc([{ types: [type] }])), 'resource_table.entry_invalid');
  });

  it('refuses what is over a limit', () => {
    assertRefused(() => parseResourceTable(good, { maxBytes: 100 }), 'artifact.input_too_large');
    assertRefused(() => parseResourceTable(good, { maxText: 4 }).list('xml'), 'artifact.too_much_text');
    assertRefused(() => parseResourceTable(good, { maxSteps: 40 }).list('xml'), 'artifact.too_many_items');
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    const valid = (['dense', 'offset16', 'sparse'] as const).map((form) => writeArsc([app(form, form !== 'dense')]));
    fc.assert(
      fc.property(hostile(valid), (input) => assertTyped(() => all(input))),
      SEEDED,
    );
  });
});

/** Where the first chunk of this type begins. */
function offsetOf(bytes: Uint8Array, type: number): number {
  for (let offset = 0; offset < bytes.length; offset += 4) {
    if (bytes[offset] === (type & 0xff) && bytes[offset + 1] === type >> 8 && (bytes[offset + 2] ?? 0) >= 16)
      return offset;
  }
  throw new Error('no such chunk');
}
