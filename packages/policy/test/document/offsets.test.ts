import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isScalar, parseDocument } from 'yaml';
import { offsetInScalar } from '../../src/document/offsets.ts';

/** Where the `#` of the decoded text is found in the document. */
function found(source: string): number {
  const node = parseDocument(source).get('a', true);
  assert.ok(isScalar(node));
  return offsetInScalar(node, source, String(node.value).indexOf('#'));
}

const STYLES: readonly string[] = [
  'a: x &&# y',
  'a: x &&\n  y&&# z',
  "a: 'it''s #'",
  "a: 'it''s\n   not\n\n   #'",
  'a: "x \\"y\\" \\\\ \\u00e9 \\x41 \\t #"',
  'a: "x\\\n   y #"',
  'a: |\n  x\n    y # z\n',
  'a: |-\r\n  x\r\n  y # z\r\n',
  'a: >\n  x &&\n  y\n\n  z # w\n',
  'a: >2-\n    x\n  #',
  '# a comment\nb: 1\na:  |  # another\n\n   x\n   💥 # z\n'.replace('# another', ''),
];

describe('places inside of texts', () => {
  for (const source of STYLES) {
    it(`are found in ${JSON.stringify(source)}`, () => assert.equal(source[found(source)], '#'));
  }

  it('are those of the text itself where nothing is folded or escaped', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab&|!() '), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [source, start] = [`a: "${before}#${after}"`, 4];
        assert.equal(found(source), start + before.length);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('stay inside for an offset past the end', () => {
    const source = 'a: "x"\nb: 1';
    const node = parseDocument(source).get('a', true);
    assert.ok(isScalar(node) && offsetInScalar(node, source, 1000) <= source.length);
  });
});
