import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8 } from '@assay/formats';
import { containing, equalTo } from '@assay/formats/artifacts';
import fc from 'fast-check';
import { SEEDED } from './helpers.ts';

/** The texts among these that are wanted, all standing in one array with one octet between them. */
function wanted(texts: readonly string[], accepts: ReturnType<typeof containing>): string[] {
  const bytes = utf8(texts.join('\0'));
  let at = 0;
  return texts.filter((text) => {
    const start = at;
    at += utf8(text).length + 1;
    return accepts(bytes, start, at - 1);
  });
}

describe('containing', () => {
  it('accepts a text that holds a needle, at its start, middle or end', () => {
    const texts = ['sha256/AAA', 'x sha256/ y', 'zsha256/', 'sha256', 'SHA256/', 'ha256/', ''];
    assert.deepEqual(wanted(texts, containing(['sha256/', 'nothing'])), texts.slice(0, 3));
  });

  it('does not look over the ends of a text', () => {
    assert.deepEqual(wanted(['sha', '256/'], containing(['sha256/', 'ha\0', '\0' + '2'])), []);
  });

  it('takes needles of one octet, and none from nothing', () => {
    assert.deepEqual(wanted(['a:b', 'ab'], containing([':'])), ['a:b']);
    assert.deepEqual(wanted(['a', ''], containing([''])), []);
    assert.deepEqual(wanted(['a', ''], containing([])), []);
  });

  it('agrees with String.includes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ż'), maxLength: 12 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'ż'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(text), fc.array(needle), (texts, needles) => {
        const expected = texts.filter((each) => needles.some((one) => each.includes(one)));
        assert.deepEqual(wanted(texts, containing(needles)), expected);
      }),
      SEEDED,
    );
  });
});

describe('equalTo', () => {
  it('accepts whole texts alone', () => {
    assert.deepEqual(wanted(['ab', 'a', 'abc', 'ż'], equalTo(['ab', 'ż'])), ['ab', 'ż']);
    assert.deepEqual(wanted(['', 'a'], equalTo([''])), ['']);
  });
});
