import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { containing, equalTo, parseDex } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from '../artifact-helpers.ts';
import { le, patched, zeros } from '../bytes-writer.ts';
import { hostile } from '../fuzz.ts';
import { hex, SEEDED } from '../helpers.ts';
import { writeDex } from './write-dex.ts';

const TRUST = 'Ljavax/net/ssl/X509TrustManager;';
const PINNER = 'Lokhttp3/CertificatePinner;';
const OBJECT = 'Ljava/lang/Object;';
const TEXT = 'Ljava/lang/String;';

const SOURCE = {
  strings: ['', 'sha256/AAAA', 'zażółć', 'x'.repeat(300), hex('61 c0 80 ed a0 bd ed b4 92')],
  classes: [
    { descriptor: OBJECT },
    { descriptor: 'Lapp/Trusting;', superclass: OBJECT, interfaces: ['Ljava/io/Serializable;', TRUST] },
    { descriptor: 'Lapp/More;', superclass: 'Lapp/Trusting;' },
    { descriptor: 'Lapp/Plain;', superclass: OBJECT },
  ],
  methods: [
    { owner: PINNER, name: 'check', parameters: [TEXT, 'Ljava/util/List;'] },
    { owner: PINNER, name: '<init>' },
    { owner: OBJECT, name: 'toString', returns: TEXT },
  ],
};

const bytes = writeDex(SOURCE);
const dex = parseDex(bytes);

describe('parseDex', () => {
  it('gives strings by index', () => {
    assert.deepEqual(
      SOURCE.strings.map((_, index) => dex.string(index)),
      ['', 'sha256/AAAA', 'zażółć', 'x'.repeat(300), 'a\0🔒'],
    );
    assert.ok(dex.stringCount > SOURCE.strings.length);
  });

  it('finds strings by their bytes', () => {
    assert.deepEqual(dex.findStrings(containing(['sha256/', 'żó'])), [1, 2]);
    assert.deepEqual(dex.findStrings(equalTo(['', 'sha256/'])), [0]);
    assert.equal(dex.findStrings(() => true).length, dex.stringCount);
  });

  it('knows the types that the file speaks of', () => {
    for (const descriptor of [PINNER, TRUST, 'V']) assert.equal(dex.hasType(descriptor), true);
    for (const descriptor of ['Lokhttp3/CertificatePinner', 'Lokhttp3/CertificatePinner;;', 'check', '']) {
      assert.equal(dex.hasType(descriptor), false, descriptor);
    }
  });

  it('knows the methods of a type', () => {
    const check = { owner: PINNER, name: 'check', proto: '(Ljava/lang/String;Ljava/util/List;)V' };
    assert.deepEqual(dex.methodsOf(PINNER), [check, { owner: PINNER, name: '<init>', proto: '()V' }]);
    assert.deepEqual(dex.methodsOf(PINNER, 'check'), [check]);
    assert.deepEqual(dex.methodsOf(PINNER, 'chec'), []);
    assert.deepEqual(dex.methodsOf(TRUST), []);
    assert.deepEqual(dex.methodsOf('Lnowhere;'), []);
  });

  it('knows the classes of the file and what they are', () => {
    assert.deepEqual(
      [...dex.classes()],
      SOURCE.classes.map((each) => ({ accessFlags: 1, interfaces: [], ...each })),
    );
    const names = (descriptor: string) => dex.subtypesOf(descriptor).map((each) => each.descriptor);
    assert.deepEqual(names(TRUST), ['Lapp/Trusting;']);
    assert.deepEqual(names('Lapp/Trusting;'), ['Lapp/More;']);
    assert.deepEqual(names(OBJECT), ['Lapp/Trusting;', 'Lapp/Plain;']);
    assert.deepEqual(names(PINNER), []);
    assert.deepEqual(names('Lnowhere;'), []);
  });

  it('reads every version up to 040', () => {
    for (const version of ['035', '037', '038', '039', '040'])
      assert.ok(parseDex(writeDex(SOURCE, version)).hasType(TRUST));
  });
});

/** Everything that the file can be asked for. */
function all(input: Uint8Array): void {
  const file = parseDex(input);
  file.findStrings(containing(['sha256/']));
  for (let index = 0; index < Math.min(file.stringCount, 1000); index += 1) file.string(index);
  for (const { descriptor } of file.classes()) file.methodsOf(descriptor);
  file.subtypesOf(TRUST);
  file.methodsOf(PINNER);
}

describe('a bad dex file', () => {
  const stringIds = 0x70;
  const at = (offset: number, value: number) => patched(bytes, offset, le(4, value));
  const tableOf = (field: number) => new DataView(bytes.buffer).getUint32(field + 4, true);
  refuses(
    [
      ['an empty file', zeros(0), 'artifact.truncated'],
      ['another kind of file', patched(bytes, 0, le(1, 0x50)), 'dex.header_invalid'],
      ['an unknown version', writeDex(SOURCE, '041'), 'dex.header_invalid'],
      ['the other byte order', at(0x28, 0x78563412), 'dex.header_invalid'],
      ['a header that is too short', at(0x24, 0x60), 'dex.header_invalid'],
      ['more strings than the file holds', at(0x38, 0x40000000), 'artifact.truncated'],
      ['a table outside the file', at(0x64, 0x7fffffff), 'artifact.truncated'],
      ['a string outside the file', at(stringIds, 0x7fffffff), 'artifact.text_invalid'],
      ['a string without an end', at(stringIds, bytes.length - 2), 'artifact.truncated'],
      [
        'a string length without an end',
        patched(bytes, tableAt(bytes), new Uint8Array(6).fill(0xff)),
        'artifact.text_invalid',
      ],
      ['a type without a string', at(tableOf(0x40), 0xffff), 'dex.index_invalid'],
      ['a class without a type', at(tableOf(0x60), 0xffff), 'dex.index_invalid'],
      ['interfaces outside the file', at(tableOf(0x60) + 12, bytes.length - 2), 'artifact.truncated'],
      ['more interfaces than the file holds', at(tableOf(0x60) + 12, 0x28), 'artifact.truncated'],
    ],
    all,
  );

  it('refuses strings that share their bytes', () => {
    const long = writeDex({ strings: ['x'.repeat(400), 'a', 'b'] });
    const [first, second] = [stringIds, stringIds + 4];
    const shared = patched(long, second, long.subarray(first, first + 4));
    assertRefused(() => parseDex(shared).findStrings(() => true), 'dex.strings_overlap');
    const file = parseDex(shared);
    assert.equal(file.string(0).length, 400);
    assertRefused(() => file.string(1), 'dex.strings_overlap');
  });

  it('refuses what is over a limit', () => {
    assertRefused(() => parseDex(bytes, { maxBytes: 100 }), 'artifact.input_too_large');
    assertRefused(() => [...parseDex(bytes, { maxListed: 1 }).classes()], 'artifact.too_many_items');
    assertRefused(() => parseDex(bytes, { maxListed: 1 }).subtypesOf(TRUST), 'artifact.too_many_items');
    assertRefused(() => parseDex(bytes, { maxListed: 1 }).methodsOf(PINNER), 'artifact.too_many_items');
    assertRefused(() => parseDex(bytes, { maxListed: 37 }).methodsOf(PINNER), 'artifact.too_many_items');
    assert.equal(parseDex(bytes, { maxListed: 38 }).methodsOf(PINNER).length, 2);
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    fc.assert(
      fc.property(hostile([bytes]), (input) => assertTyped(() => all(input))),
      SEEDED,
    );
  });
});

/** Where the first string stands. */
function tableAt(input: Uint8Array): number {
  return new DataView(input.buffer).getUint32(0x70, true);
}
