import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PolicyDocumentError } from '../../src/document/faults.ts';
import { MAX_BYTES, readYaml } from '../../src/document/yaml.ts';

/** Places of the faults, `line:column`. */
function places(source: string): string[] {
  try {
    readYaml(source);
  } catch (error) {
    assert.ok(error instanceof PolicyDocumentError, String(error));
    return error.faults.map(({ line, column }) => `${line}:${column}`);
  }
  return [];
}

const REFUSED: readonly [what: string, source: string, places: readonly string[]][] = [
  ['a name given twice', 'a: 1\nb: 2\na: 3', ['3:1']],
  ['a name given twice, deep inside', 'a:\n  - {x: 1, y: 2, x: 3}', ['2:18']],
  ['an anchor and its alias', 'a: &x 1\nb: *x', ['1:7', '2:4']],
  ['aliases that grow', 'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]', ['1:7', '2:7', '2:8', '2:12', '3:5', '3:9']],
  ['a tag', 'a: !!str 1', ['1:10']],
  ['a tag that makes bytes', 'a: !!binary aGk=', ['1:13']],
  ['a set', 'a: !!set {x}', ['1:10']],
  ['a tag that nobody knows', 'a: !foo 1', ['1:4']],
  ['a second document', 'a: 1\n---\nb: 2', ['2:1']],
  ['a name that is a list', '? [a]\n: 1', ['1:3']],
  ['a bracket that is open', 'a: [1, 2', ['1:9']],
  ['tabs as indentation', 'a:\n\tb: 1', ['2:1']],
];

describe('decoding', () => {
  for (const [what, source, expected] of REFUSED) {
    it(`refuses ${what}`, () => assert.deepEqual(places(source), expected));
  }

  it('names the first fault of decoding alone: what comes behind it follows of it', () => {
    assert.deepEqual(places('a:\n  b: 1\n\tc: 2\n  d: 3\ne'), ['3:1']);
  });

  it('refuses what is too large, in bytes', () => {
    assert.deepEqual(places(`a: "${'x'.repeat(MAX_BYTES)}"`), ['1:1']);
    assert.deepEqual(places(`a: "${'é'.repeat(MAX_BYTES / 2)}"`), ['1:1']);
    assert.deepEqual(places(`a: "${'x'.repeat(MAX_BYTES - 6)}"`), []);
  });

  it('refuses nesting of any depth without falling over', () => {
    for (const source of [
      '['.repeat(50_000),
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      '{a: '.repeat(10_000),
      '- '.repeat(50_000),
      `${'- '.repeat(3000)}x`,
    ]) {
      const found = places(source);
      assert.ok(found.length > 0 || source.length < 10_000, source.slice(0, 10));
    }
  });

  it('takes many names in the time of few', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `k${at}: 1`);
    assert.deepEqual(places(names.join('\n')), []);
    assert.deepEqual(places([...names, 'k7: 2'].join('\n')), ['10001:1']);
  });

  it('makes no prototype of a name', () => {
    const { value } = readYaml('__proto__: {a: 1}\nconstructor: 2');
    assert.deepEqual(Object.keys(value as object), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('knows where members stand, and holds what is missing for its parent', () => {
    const { locate } = readYaml('a:\n  - b: 1\n    c.d: [x, y]\n  - {}\n');
    assert.deepEqual(locate('$.a[0].b'), { line: 2, column: 8 });
    assert.deepEqual(locate('$.a[0].c.d[1]'), { line: 3, column: 14 });
    assert.deepEqual(locate('$.a[1].missing.too'), { line: 4, column: 5 });
    assert.deepEqual(locate('$.nothing'), { line: 1, column: 1 });
  });

  it('counts lines and columns past a byte order mark and Windows line ends', () => {
    const { value, locate } = readYaml('\ufeffa: 1\r\nb:\r\n  - 2\r\n');
    assert.deepEqual(value, { a: 1, b: [2] });
    assert.deepEqual(locate('$.b[0]'), { line: 3, column: 5 });
  });

  it('reads JSON as it stands', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify({ value });
        assert.deepEqual(readYaml(text).value, JSON.parse(text));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('answers every text with a value or with faults', () => {
    const parts = fc.constantFrom(
      ...[
        'a',
        ':',
        ' ',
        '\n',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '&',
        '*',
        '!',
        '|',
        '>',
        '"',
        "'",
        '#',
        '%',
        '---',
        '\t',
        '?',
        ',',
        '\\',
        '\u0000',
        '\u2028',
        '💥',
      ],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (each) => {
        places(each.join(''));
      }),
      { seed: 9, numRuns: 400 },
    );
  });
});
