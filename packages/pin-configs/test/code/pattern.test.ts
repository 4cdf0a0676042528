import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { languageOf } from '../../src/code/languages.ts';
import { lex } from '../../src/code/lex.ts';
import { matchAt, patternOf } from '../../src/code/pattern.ts';

const matches = (written: string, text: string): boolean =>
  matchAt(lex(text, languageOf('a.ts') ?? assert.fail()), 0, patternOf(written).pieces) !== undefined;

const ROWS: readonly (readonly [string, string, boolean])[] = [
  ['a : false', 'a: false', true],
  ['a : false', "'a': false", false],
  ['~a : false', "'a': false", true],
  ['a|b (', 'b(', true],
  ['f ( "x|y"', 'f("y")', true],
  ['f ( "x"', 'f(x)', false],
  ['f ( ""', 'f("any")', true],
  ['f ( ""', 'f(`a${b}`)', false],
  ['f ( _ )', 'f(1)', true],
  ['f … z', 'f(a, b, z)', true],
  ['f … z', 'f(a); z', false],
  ['f … z', `f(${'a,'.repeat(20)} z)`, false],
];

describe('patterns', () => {
  for (const [written, text, expected] of ROWS) {
    it(`${written} ${expected ? 'fits' : 'does not fit'} ${text}`, () =>
      assert.equal(matches(written, text), expected));
  }

  it('are found by their first word', () => {
    assert.deepEqual(patternOf('~a|b : c').first, ['a', 'b']);
  });
});
