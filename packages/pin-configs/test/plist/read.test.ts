import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entryOf } from '../../src/data/value.ts';
import { parsePlist } from '../../src/plist/read.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { bare, binaryPlist, xmlPlist } from '../support/plists.ts';

const parse = (text: string) => parsePlist('Info.plist', new TextEncoder().encode(text));
const wrap = (value: string) => `<?xml version="1.0"?>\n<plist version="1.0">${value}</plist>`;

/** Property lists as libraries can write them: no key that JavaScript takes for a prototype. */
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: fc.constantFrom(...'aZ09 ü<&>"\'/é漢') }),
    fc.integer({ min: 0, max: 2 ** 31 }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,12}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('property lists', () => {
  it('are read as another library wrote them, in both forms', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const plain = { root: value } as never;
        assert.deepEqual(bare(parsePlist('x', xmlPlist(plain))), plain);
        assert.deepEqual(bare(parsePlist('x', binaryPlist(plain))), plain);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('say where keys and values stand, when they are XML', () => {
    const entry = entryOf(parse(wrap('<dict>\n  <key>A</key>\n  <string>b</string>\n</dict>')), 'A');
    assert.deepEqual([entry?.key.place.line, entry?.key.place.column], [3, 8]);
    assert.deepEqual([entry?.value.place.line, entry?.value.place.column], [4, 11]);
  });

  it('take the last of two values of one key, as the platform does', () => {
    const dict = parse(wrap('<dict><key>A</key><true/><key>A</key><false/></dict>'));
    assert.deepEqual(bare(entryOf(dict, 'A')?.value ?? dict), false);
  });

  const REFUSED: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no plist', '<dict/>'],
    ['two values', wrap('<dict/><dict/>')],
    ['a value of no kind', wrap('<map/>')],
    ['a prototype for a kind', wrap('<constructor/>')],
    ['a key without a value', wrap('<dict><key>A</key></dict>')],
    ['a value without a key', wrap('<dict><string>A</string><string>b</string></dict>')],
    ['the old text form', '{ A = b; }'],
    ['an entity of its own', '<!DOCTYPE plist [<!ENTITY a "b">]><plist><string>&a;</string></plist>'],
  ];
  for (const [what, text] of REFUSED) {
    it(`refuse ${what}`, () => {
      assert.throws(() => parse(text), UnreadableFile);
    });
  }

  it('are refused, never a crash, however the bytes are changed', () => {
    const samples = [xmlPlist, binaryPlist].map((write) => write({ A: [{ b: 'text' }, 3, true], C: { d: 'e' } }));
    const change = fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(200));
    fc.assert(
      fc.property(change, ([sample, at, byte, cut]) => {
        const bytes = sample.slice(0, sample.length - (cut > 150 ? cut - 150 : 0));
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        try {
          parsePlist('x', bytes);
        } catch (error) {
          if (!(error instanceof UnreadableFile)) throw error;
        }
      }),
      { numRuns: 3000, seed: 11 },
    );
  });
});
