import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TaskError } from '../../task.ts';
import { parseOptions } from '../../torture/options.ts';

describe('options', () => {
  it('has defaults', () => {
    assert.deepEqual(parseOptions([]), { engines: ['sqlite', 'postgres'], kills: 20, syncProof: false });
  });

  it('takes engine, kills and the proof', () => {
    const args = ['--kills', '3', '--engine', 'sqlite', '--sync-proof'];
    assert.deepEqual(parseOptions(args), { engines: ['sqlite'], kills: 3, syncProof: true });
  });

  for (const args of [
    ['--kills', '0'],
    ['--kills', 'x'],
    ['--kills', '1e3'],
    ['--engine', 'toString'],
    ['--other'],
    ['x'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      assert.throws(() => parseOptions(args), TaskError);
    });
  }
});
