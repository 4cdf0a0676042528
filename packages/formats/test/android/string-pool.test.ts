import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readChunk } from '../../src/android/chunk.ts';
import { StringPool } from '../../src/android/string-pool.ts';
import { Budget } from '../../src/artifact-error.ts';
import { ByteView } from '../../src/byte-view.ts';
import { assertRefused, refuses } from '../artifact-helpers.ts';
import { le, patched } from '../bytes-writer.ts';
import { stringPool } from './write-chunk.ts';

function open(bytes: Uint8Array, maxText = 1e6): StringPool {
  const view = new ByteView(bytes);
  return new StringPool(view, readChunk(view, 0, bytes.length), new Budget(maxText, 'artifact.too_much_text'));
}

const TEXTS = ['', 'a', 'zażółć 🔒', 'x'.repeat(200), 'y'.repeat(0x1234)];

describe('StringPool', () => {
  for (const utf16 of [false, true]) {
    for (const styled of [false, true]) {
      it(`gives the texts of UTF-${utf16 ? 16 : 8}, ${styled ? 'with' : 'without'} styles`, () => {
        const pool = open(stringPool(TEXTS, { utf16, styled }));
        assert.deepEqual(
          TEXTS.map((_, index) => pool.at(index)),
          TEXTS,
        );
        assert.equal(pool.at(TEXTS.length), undefined);
        assert.equal(pool.at(0xffffffff), undefined);
      });
    }
  }

  it('gives a text of more than 0x7fff units of UTF-16', () => {
    const long = 'ł'.repeat(0x18001);
    assert.ok(open(stringPool([long], { utf16: true })).at(0) === long);
  });

  it('has no text where it is outside the pool or has no end, as Android', () => {
    assert.equal(open(patched(stringPool(['abc']), 28, le(4, 0x7fffffff))).at(0), undefined);
    assert.equal(open(patched(stringPool(['abc']), 28 + 4, Uint8Array.of(3, 2))).at(0), undefined);
    const utf16 = stringPool(['abc'], { utf16: true });
    assert.equal(open(patched(utf16, 28, le(4, 0x7fffffff))).at(0), undefined);
    assert.equal(open(patched(utf16, 28 + 4, le(2, 2))).at(0), undefined);
  });

  it('counts a text once, however often it is asked for, and entries that share their bytes each', () => {
    const pool = open(patched(stringPool(['abcd', 'efgh']), 32, le(4, 0)), 6);
    assert.deepEqual([pool.at(0), pool.at(0)], ['abcd', 'abcd']);
    assertRefused(() => pool.at(1), 'artifact.too_much_text');
    assertRefused(() => open(stringPool(['abcd'], { utf16: true }), 3).at(0), 'artifact.too_much_text');
  });

  const good = stringPool(['abc']);
  refuses(
    [
      ['a header that is too short', patched(good, 2, le(2, 24)), 'string_pool.invalid'],
      ['more texts than there is room for', patched(good, 8, le(4, 1000)), 'string_pool.invalid'],
      ['a number of texts that overflows', patched(good, 8, le(4, 0x40000001)), 'string_pool.invalid'],
      ['texts that begin outside', patched(good, 20, le(4, good.length)), 'string_pool.invalid'],
      ['texts without a zero at the end', patched(good, good.length - 1, le(1, 1)), 'string_pool.invalid'],
      ['styles outside', patched(stringPool(['a'], { styled: true }), 24, le(4, 9999)), 'string_pool.invalid'],
      ['text that is not UTF-8', patched(good, 34, le(1, 0xff)), 'artifact.text_invalid'],
    ],
    (bytes) => open(bytes).at(0),
  );
});
