import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBinaryPlist } from '../../src/plist/binary.ts';
import { UnreadableFile } from '../../src/unreadable.ts';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

/** A binary property list of these objects, the first one on top; offsets and references of one byte. */
function plistFrom(objects: readonly (readonly number[])[], change: { readonly count?: number } = {}): Uint8Array {
  const header = ascii('bplist00');
  const offsets: number[] = [];
  let at = header.length;
  for (const object of objects) {
    offsets.push(at);
    at += object.length;
  }
  const word = (value: number) => [0, 0, 0, 0, 0, 0, value >> 8, value & 255];
  const trailer = [0, 0, 0, 0, 0, 0, 1, 1, ...word(change.count ?? objects.length), ...word(0), ...word(at)];
  return new Uint8Array([...header, ...objects.flat(), ...offsets, ...trailer]);
}

const code = (bytes: Uint8Array) => {
  try {
    parseBinaryPlist('x', bytes);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableFile) return error.code;
    throw error;
  }
};

describe('binary property lists', () => {
  it('are read', () => {
    const value = parseBinaryPlist('x', plistFrom([[0xa2, 1, 2], [0x51, 0x41], [0x09]]));
    assert.deepEqual(value.kind === 'array' && value.items.map((item) => 'value' in item && item.value), ['A', true]);
  });

  it('that contain themselves are refused', () => {
    assert.equal(code(plistFrom([[0xa1, 0]])), 'pin_configs.too_large');
    assert.equal(
      code(
        plistFrom([
          [0xd1, 1, 0],
          [0x51, 0x41],
        ]),
      ),
      'pin_configs.too_large',
    );
  });

  it('whose few objects refer to one another many times over are refused in no time', () => {
    const doubling = Array.from({ length: 30 }, (_, index) => [0xa2, index + 1, index + 1]);
    assert.equal(code(plistFrom([...doubling, [0x09]])), 'pin_configs.too_large');
  });

  it('with a reference to no object are refused', () => {
    assert.equal(code(plistFrom([[0xa1, 9]])), 'pin_configs.unreadable');
    assert.equal(code(plistFrom([[0xa1, 1], [0x09]], { count: 1 })), 'pin_configs.unreadable');
  });

  it('that promise more than there is are refused', () => {
    const huge = [0x5f, 0x13, 0, 0, 0, 1, 0, 0, 0, 0];
    assert.equal(code(plistFrom([huge])), 'pin_configs.unreadable');
    assert.equal(code(plistFrom([[0xaf, 0x13, 0, 0, 0, 1, 0, 0, 0, 0]])), 'pin_configs.too_large');
    assert.equal(code(new Uint8Array(ascii('bplist00'))), 'pin_configs.unreadable');
  });
});
