import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../src/simulate/hash.ts';
import { createSample } from '../../src/simulate/sample.ts';

function sampleOf(names: readonly string[], size: number): readonly string[] {
  const sample = createSample<string>(size);
  for (const name of names) sample.offer(hashOf(name), () => name);
  return sample.values();
}

const names = Array.from({ length: 1000 }, (_, index) => `appraisal-${index}`);

describe('createSample', () => {
  it('keeps all while they are few', () => {
    assert.deepEqual(sampleOf(['a', 'b'], 5).toSorted(), ['a', 'b']);
    assert.deepEqual(sampleOf(names, 0), []);
  });

  it('chooses the same in any order', () => {
    const chosen = sampleOf(names, 20);
    assert.equal(new Set(chosen).size, 20);
    assert.deepEqual(sampleOf(names.toReversed(), 20), chosen);
  });

  it('chooses from everywhere', () => {
    const late = sampleOf(names, 100).filter((name) => Number(name.slice('appraisal-'.length)) >= 500);
    assert.ok(late.length > 30 && late.length < 70, `${late.length} of the second half`);
  });

  it('makes only what it keeps', () => {
    let made = 0;
    const sample = createSample<number>(1);
    for (const hash of [5, 9, 7, 3, 4]) sample.offer(hash, () => ++made);
    assert.deepEqual([made, sample.values()], [2, [2]]);
  });
});
