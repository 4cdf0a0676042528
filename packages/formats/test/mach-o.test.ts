import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { containing, parseMachO } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { assertRefused, assertTyped, refuses } from './artifact-helpers.ts';
import { be32, le, patched, zeros } from './bytes-writer.ts';
import { hostile } from './fuzz.ts';
import { SEEDED } from './helpers.ts';
import { command, dylib, writeFat, writeSlice } from './write-mach-o.ts';

const PLIST = '<plist><dict><key>get-task-allow</key><true/></dict></plist>';
const symbols = command(2, concat(le(4, 0), le(4, 120), zeros(8)));
const dynamicSymbols = command(0x0b, concat(le(4, 0), le(4, 100), zeros(64)));
const encryption = (id: number) => command(0x2c, concat(le(4, 0x4000), le(4, 0x8000), le(4, id), le(4, 0)));

const COMMANDS = [
  dylib(0x0c, '/usr/lib/libSystem.B.dylib'),
  dylib(0x80000018, '@rpath/Ünïcode.framework/X'),
  command(0x1b, zeros(16)),
  symbols,
  dynamicSymbols,
];

const slice = writeSlice({
  flags: 0x200085,
  commands: [...COMMANDS, encryption(1)],
  cStrings: ['https://example.com', '', 'sha256/AAAA', 'zażółć'],
  entitlements: PLIST,
});

/** The only slice of a file, with the texts that hold a letter. */
function only(bytes: Uint8Array): object {
  const [first, second] = parseMachO(bytes);
  assert.ok(first !== undefined && second === undefined);
  const { findStrings, ...rest } = first;
  return { ...rest, texts: findStrings(containing(['a'])) };
}

const EXPECTED = {
  cpu: 'arm64',
  isPie: true,
  isProgram: true,
  dylibs: [
    { name: '/usr/lib/libSystem.B.dylib', isWeak: false },
    { name: '@rpath/Ünïcode.framework/X', isWeak: true },
  ],
  encryption: { isEncrypted: true, size: 0x8000 },
  symbols: { total: 120, local: 100 },
  isSigned: true,
  entitlements: PLIST,
  texts: ['https://example.com', 'sha256/AAAA', 'zażółć'],
};

describe('parseMachO', () => {
  it('reads a thin file', () => {
    assert.deepEqual(only(slice), EXPECTED);
  });

  it('reads what is left of a bare library', () => {
    const bare = { cpu: 'x86_64', isPie: false, isProgram: false, dylibs: [], isSigned: false, texts: [] };
    assert.deepEqual(only(writeSlice({ cpu: 0x01000007, fileType: 6 })), bare);
  });

  it('tells room for encryption from encryption, and symbols in either order', () => {
    const bytes = writeSlice({ cpu: 7, commands: [dynamicSymbols, symbols, encryption(0)] });
    const [read] = parseMachO(bytes);
    assert.equal(read?.cpu, '0x7');
    assert.deepEqual(read?.encryption, { isEncrypted: false, size: 0x8000 });
    assert.deepEqual(read?.symbols, { total: 120, local: 100 });
  });

  for (const isWide of [false, true]) {
    it(`reads a universal file with ${isWide ? 64 : 32}-bit offsets, its 64-bit slices`, () => {
      const old = concat(le(4, 0xfeedface), zeros(28));
      const [first, second, third] = parseMachO(writeFat([old, slice, writeSlice({ cpu: 0x01000007 })], isWide));
      assert.deepEqual([first?.cpu, second?.cpu, third], ['arm64', 'x86_64', undefined]);
      assert.deepEqual(first?.findStrings(containing(['sha256/'])), ['sha256/AAAA']);
    });
  }
});

describe('a bad Mach-O file', () => {
  const signatureAt = slice.length - (36 + PLIST.length);
  const uuidAt = 32 + concat(...COMMANDS.slice(0, 2)).length;
  const second = concat(le(4, 0x1d), le(4, 24), le(4, signatureAt), le(4, 36 + PLIST.length));
  const segmentAt = 32 + concat(...COMMANDS, encryption(1)).length;
  const at = (offset: number, value: number) => patched(slice, offset, le(4, value));
  const inSignature = (offset: number, value: number) => patched(slice, signatureAt + offset, be32(value));
  const all = (bytes: Uint8Array) => parseMachO(bytes).map(({ findStrings }) => findStrings(() => true));
  refuses(
    [
      ['an empty file', zeros(0), 'artifact.truncated'],
      ['another kind of file', zeros(64), 'mach_o.magic_unknown'],
      ['a Java class', concat(be32(0xcafebabe), be32(0x41), zeros(64)), 'mach_o.magic_unknown'],
      ['a universal file of nothing', writeFat([]), 'mach_o.magic_unknown'],
      ['a slice outside the file', writeFat([slice]).subarray(0, -1), 'artifact.truncated'],
      ['commands outside the file', at(20, 0x7fffffff), 'artifact.truncated'],
      ['a command too many', at(16, 99), 'mach_o.command_invalid'],
      [
        'more commands than any linker writes',
        writeSlice({ commands: [command(0x1b, zeros(4 << 20))] }),
        'mach_o.command_invalid',
      ],
      ['a command of no size', at(36, 0), 'mach_o.command_invalid'],
      ['a command shorter than its fields', at(36, 16), 'mach_o.command_invalid'],
      ['a command of its header alone', writeSlice({ commands: [command(0x2c, zeros(0))] }), 'mach_o.command_invalid'],
      ['a command that runs over the end', at(36, 0x7ffffff8), 'mach_o.command_invalid'],
      ['a name outside its command', at(40, 0x7fffffff), 'mach_o.command_invalid'],
      ['more sections than the segment holds', at(segmentAt + 64, 2), 'mach_o.command_invalid'],
      ['a section outside the file', at(segmentAt + 72 + 40, 0x7fffffff), 'artifact.truncated'],
      ['a signature of another kind', inSignature(0, 1), 'mach_o.signature_invalid'],
      ['a second signature', patched(slice, uuidAt, second), 'mach_o.command_invalid'],
      ['a signature of nothing', inSignature(8, 0), 'mach_o.signature_invalid'],
      ['a signature of too much', inSignature(8, 65), 'mach_o.signature_invalid'],
      ['entitlements outside the signature', inSignature(12 + 12, 9999), 'mach_o.signature_invalid'],
      ['entitlements of another kind', inSignature(28, 1), 'mach_o.signature_invalid'],
      ['entitlements shorter than their header', inSignature(32, 7), 'mach_o.signature_invalid'],
      ['entitlements longer than the signature', inSignature(32, 9999), 'mach_o.signature_invalid'],
    ],
    all,
  );

  it('refuses sections that share their bytes', () => {
    const texts = writeSlice({ cStrings: ['x'.repeat(4000)] });
    const [header, segment, rest] = [texts.subarray(0, 32), texts.subarray(32, 184), texts.subarray(184)];
    const moved = patched(segment, 72 + 48, le(4, 184 + 152));
    const counts = concat(le(4, 2), le(4, 304));
    const doubled = concat(patched(header, 16, counts), moved, moved, rest);
    assertRefused(
      () => parseMachO(doubled).map(({ findStrings }) => findStrings(() => true)),
      'artifact.too_much_text',
    );
  });

  it('refuses what is over a limit', () => {
    assertRefused(() => parseMachO(slice, { maxBytes: 100 }), 'artifact.input_too_large');
  });

  it('never gets a value or an error of another kind out of hostile bytes', () => {
    fc.assert(
      fc.property(hostile([slice, writeFat([slice])]), (input) => assertTyped(() => all(input))),
      SEEDED,
    );
  });
});
