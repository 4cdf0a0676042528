import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStrictJson, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { assertRefused, hex, outcome, refuses, SEEDED } from './helpers.ts';

describe('reading', () => {
  for (const text of [
    'null',
    ' true\n',
    'false',
    '0',
    '-1.5e-3',
    '9007199254740991',
    '-9007199254740991',
    '1e3',
    '""',
    '"ä😀\\u00e4\\ud83d\\ude00\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '[]',
    '[1,[2],{}]',
    '{}',
    '\t{ "a" : 1 ,\r\n "b" : [ true , null ] }',
    '{"constructor":1,"toString":2,"hasOwnProperty":3,"prototype":4}',
  ]) {
    it(`reads ${JSON.stringify(text)} as JSON.parse does`, () => {
      assert.deepEqual(parseStrictJson(text), JSON.parse(text));
      assert.deepEqual(parseStrictJson(utf8(text)), JSON.parse(text));
    });
  }

  refuses(
    [
      ['nothing', '', 'json.syntax', 0],
      ['white space alone', ' \n', 'json.syntax', 2],
      ['a byte order mark', '\ufeff{}', 'json.byte_order_mark', 0],
      ['a second value', '{} {}', 'json.trailing_text', 3],
      ['a digit behind a zero', '01', 'json.trailing_text', 1],
      ['another kind of white space', '\u00a01', 'json.syntax', 0],
      ['a comment', '{/**/}', 'json.syntax', 1],
      ['a comma at the end of an array', '[1,]', 'json.syntax', 3],
      ['a comma at the end of an object', '{"a":1,}', 'json.syntax', 7],
      ['no comma', '[1 2]', 'json.syntax', 3],
      ['no colon', '{"a" 1}', 'json.syntax', 5],
      ['no value', '{"a":}', 'json.syntax', 5],
      ['a name without quotes', '{a:1}', 'json.syntax', 1],
      ['single quotes', "'a'", 'json.syntax', 0],
      ['an open array', '[1', 'json.syntax', 2],
      ['an open object', '{"a":1', 'json.syntax', 6],
      ['the wrong bracket', '[1}', 'json.syntax', 2],
      ['an open string', '"a', 'json.syntax', 2],
      ['an escape at the end', '"\\', 'json.syntax'],
      ['an unknown escape', '"\\x41"', 'json.syntax'],
      ['a short unicode escape', '"\\u12"', 'json.syntax'],
      ['a line feed in a string', '"a\nb"', 'json.syntax', 2],
      ['a cut literal', 'tru', 'json.syntax', 0],
      ['a long literal', 'nullx', 'json.trailing_text', 4],
      ['NaN', 'NaN', 'json.syntax', 0],
      ['Infinity', '-Infinity', 'json.syntax', 0],
      ['a plus sign', '+1', 'json.syntax', 0],
      ['a hexadecimal number', '0x1', 'json.trailing_text', 1],
      ['a point without digits', '1.', 'json.trailing_text', 1],
      ['an exponent without digits', '1e', 'json.trailing_text', 1],
      ['2^53', '9007199254740992', 'json.number_out_of_range', 0],
      ['an integer that would be rounded', '[9007199254740993]', 'json.number_out_of_range', 1],
      ['an unsafe integer by exponent', '1e16', 'json.number_out_of_range', 0],
      ['an infinite number', '1e999', 'json.number_out_of_range', 0],
      ['a number that becomes zero', '[1e-400]', 'json.number_out_of_range', 1],
      ['a fraction that would be rounded', '1.0000000000000000001', 'json.number_out_of_range', 0],
      ['a fraction beside the largest integer', '9007199254740990.6', 'json.number_out_of_range', 0],
      ['a name twice', '{"a":1,"a":2}', 'json.name_duplicate', 7],
      ['a name twice, once escaped', '{"a":1,"\\u0061":2}', 'json.name_duplicate', 7],
      ['a name twice, deeper', '[{"b":{"a":1,"a":1}}]', 'json.name_duplicate', 13],
      ['the name __proto__', '{"__proto__":{}}', 'json.name_refused', 1],
      ['the name __proto__, escaped', '{"\\u005f_proto__":{}}', 'json.name_refused', 1],
      ['a lone surrogate by escape', '"\\ud800"', 'json.lone_surrogate', 0],
      ['a lone surrogate as a name', '{"\\udc00":1}', 'json.lone_surrogate', 1],
      ['a lone surrogate in the text', '"\ud800"', 'json.lone_surrogate', 0],
      ['surrogates the wrong way round', '"\\udc00\\ud800"', 'json.lone_surrogate', 0],
    ],
    (text) => parseStrictJson(text),
  );

  refuses(
    [
      ['bytes that are not UTF-8', '22 ff 22', 'json.not_utf8', 1],
      ['a surrogate in UTF-8', '22 eda080 22', 'json.not_utf8', 1],
      ['a byte order mark in UTF-8', 'efbbbf 7b7d', 'json.byte_order_mark', 0],
      ['UTF-16', '7b00 7d00', 'json.syntax', 1],
    ],
    (digits) => parseStrictJson(hex(digits)),
  );
});

describe('limits', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  it('bounds the nesting', () => {
    parseStrictJson(nested(16));
    assertRefused(() => parseStrictJson(nested(17)), 'json.too_deep', 16);
    assertRefused(() => parseStrictJson('{"a":'.repeat(100_000)), 'json.too_deep');
    assertRefused(() => parseStrictJson('[{}]', { maxDepth: 1 }), 'json.too_deep');
  });

  it('bounds members and elements together', () => {
    parseStrictJson('[{"a":1},2]', { maxMembers: 3 });
    assertRefused(() => parseStrictJson('[{"a":1},2]', { maxMembers: 2 }), 'json.too_many_members');
    assertRefused(() => parseStrictJson(`[${'1,'.repeat(1 << 16)}1]`), 'json.too_many_members');
  });

  it('bounds the input', () => {
    parseStrictJson('[]', { maxBytes: 2 });
    assertRefused(() => parseStrictJson('[] ', { maxBytes: 2 }), 'json.input_too_large');
    assertRefused(() => parseStrictJson(new Uint8Array((1 << 20) + 1)), 'json.input_too_large');
  });

  it('reads strings as long as the input may be', () => {
    const long = 'x'.repeat((1 << 20) - 2);
    assert.equal(parseStrictJson(`"${long}"`), long);
    const escapes = '\\n'.repeat((1 << 19) - 1);
    assert.equal(parseStrictJson(`"${escapes}"`), '\n'.repeat((1 << 19) - 1));
  });
});

/** JSON.parse, or undefined where it refuses. */
function oracle(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe('properties', () => {
  it('reads what JSON.stringify writes', () => {
    const value = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
    fc.assert(
      fc.property(value, (input) => {
        const text = JSON.stringify(input);
        const parsed = outcome(() => parseStrictJson(text));
        if ('value' in parsed) assert.deepEqual(parsed.value, JSON.parse(text));
        else assert.ok(['json.number_out_of_range', 'json.name_refused'].includes(parsed.code), parsed.code);
      }),
      { ...SEEDED, numRuns: 300 },
    );
  });

  it('accepts of hostile text only what JSON.parse reads alike', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '"b"',
      '1',
      '-',
      '.5',
      'e2',
      'true',
      'null',
      ' ',
      '\\u00',
      '\\',
      '\n',
    ];
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        const parsed = outcome(() => parseStrictJson(text));
        const expected = oracle(text);
        if ('value' in parsed) {
          accepted += 1;
          assert.deepEqual(parsed, expected);
        } else if (expected !== undefined) {
          assert.equal(parsed.code, 'json.name_duplicate');
        }
      }),
      { ...SEEDED, numRuns: 10_000 },
    );
    assert.ok(accepted > 100, 'the property must not hold by refusing everything');
  });
});
