import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearest } from '../src/nearest.ts';

const WORDS = ['up', 'serve', 'pins get', 'pins lint', 'pins write'];

describe('the word that was probably meant', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['sevre', 'serve'],
    ['pins lnt', 'pins lint'],
    ['pins lints', 'pins lint'],
    ['upp', 'up'],
    ['x', undefined],
    ['ab', undefined],
    ['pins bake', undefined],
    ['', undefined],
    ['serve', undefined],
    ['s'.repeat(100_000), undefined],
  ];
  for (const [word, meant] of rows) {
    it(`is ${meant ?? 'none'} for ${word.slice(0, 20) || 'nothing'}`, () => assert.equal(nearest(word, WORDS), meant));
  }
});
