import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES, languageOf } from '../../src/code/languages.ts';
import { lex } from '../../src/code/lex.ts';

const tokens = (ending: string, text: string): readonly string[] => {
  const language = languageOf(`a.${ending}`);
  assert.ok(language !== undefined);
  return lex(text, language).map(({ kind, text: said }) =>
    kind === 'string' || kind === 'template' ? `${kind[0]}:${said}` : said,
  );
};

/** What each language does with comments and strings; only the row says what is special about it. */
const ROWS: readonly (readonly [string, string, readonly string[]])[] = [
  ['kt', 'a /* b /* c */ d */ e // f\ng', ['a', 'e', 'g']],
  ['java', 'a /* b /* c */ d', ['a', 'd']],
  ['kt', '"a\\"b" \'"\' """c"d\\n"""', ['s:a"b', 's:"', 's:c"d\\n']],
  ['kt', '"a${f("b")}c" "$d" "\\$e"', ['t:a', 'f', '(', 's:b', ')', 't:c', 't:$d', 's:$e']],
  ['kt', '"${"${x}"}" y', ['t:', 't:', 'x', 't:', 't:', 'y']],
  ['java', '"""\n a "b" \n""" \'\\u0041\'', ['s:\n a "b" \n', 's:A']],
  [
    'swift',
    '"a\\(f("b"))c" #"d\\(e)"# #"f\\#(g)"#',
    ['t:a', 'f', '(', 's:b', ')', 't:c', 's:d\\(e)', 't:f', 'g', 't:'],
  ],
  ['swift', '"""\nx "y"\n""" "\\u{1F600}"', ['s:\nx "y"\n', 's:\u{1F600}']],
  ['m', '@"a" "b" @YES', ['s:a', 's:b', '@', 'YES']],
  ['dart', 'r"\\n$x" \'a$b\' "${c}"', ['s:\\n$x', 't:a$b', 't:', 'c', 't:']],
  [
    'ts',
    '`a${b({ c: "}" })}d` = /"[/"]/g x / y / z',
    ['t:a', 'b', '(', '{', 'c', ':', 's:}', '}', ')', 't:d', '=', 'x', '/', 'y', '/', 'z'],
  ],
  ['js', 'return /\'/ + "b"', ['return', '+', 's:b']],
  ['cs', '@"a""b\\" $"c{d}e{{" """f"g"""', ['s:a"b\\', 't:c', 'd', 't:e{', 's:f"g']],
  ['ets', "rcp.f({ a: 'skip' })", ['rcp', '.', 'f', '(', '{', 'a', ':', 's:skip', '}', ')']],
  ['java', '"not closed\nnext', ['s:not closed', 'next']],
  ['java', 'a /* not closed', ['a']],
];

describe('lex', () => {
  for (const [ending, text, expected] of ROWS) {
    it(`${ending}: ${JSON.stringify(text)}`, () => assert.deepEqual(tokens(ending, text), expected));
  }

  it('says where the content of a string stands', () => {
    const [, , string] = lex('x = "abc"', languageOf('a.kt') ?? assert.fail());
    assert.deepEqual([string?.start, string?.end], [5, 8]);
  });

  it('ends, whatever it is given, with tokens in order and inside of the text', () => {
    const pieces = [
      '"',
      "'",
      '`',
      '"""',
      '${',
      '\\(',
      '{',
      '}',
      '(',
      ')',
      '/*',
      '*/',
      '//',
      '\n',
      '/',
      '[',
      '\\',
      '#"',
      '@"',
      '$"',
      'r"',
      'a',
      '1',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
    const property = fc.property(texts, fc.constantFrom(...LANGUAGES), (text, language) => {
      let last = 0;
      for (const { start, end } of lex(text, language)) {
        assert.ok(start >= last && end >= start && end <= text.length);
        last = start;
      }
    });
    fc.assert(property, { seed: 7, numRuns: 1500 });
  });

  it('takes a megabyte of each hostile piece in its stride', () => {
    for (const piece of ['"${', '/*', '/[', '"\\', '`${`${', '{{', "'"]) {
      for (const language of LANGUAGES) lex(piece.repeat(40_000 / piece.length), language);
    }
  });
});
