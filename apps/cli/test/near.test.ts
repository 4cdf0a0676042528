import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inProcess } from './support/assay.ts';

describe('the word that was probably meant', () => {
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
