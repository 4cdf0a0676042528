import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearest } from '../src/near.ts';
import { inProcess } from './support/assay.ts';

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

  it('is asked for where a command or an option is unknown', async () => {
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [['pins', 'lnt', 'x'], /did you mean `assay pins lint`\?/],
      [['sevre'], /did you mean `assay serve`\?/],
      [['pin', 'lint'], /did you mean `assay pins lint`\?/],
      [['pins', 'lint', 'x', '--fial-on', 'error'], /did you mean --fail-on\?/],
    ];
    for (const [args, said] of asked) {
      const { code, stderr } = await inProcess(args);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
    assert.doesNotMatch((await inProcess(['pins', 'lint', '--entirely-other'])).stderr, /did you mean/);
  });
});
