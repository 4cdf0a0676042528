import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDistinct } from '../../src/simulate/distinct.ts';
import { hashOf } from '../../src/simulate/hash.ts';

function distinctOf(names: Iterable<string>, limit: number) {
  const distinct = createDistinct(limit);
  for (const name of names) distinct.add(hashOf(name));
  return distinct.count();
}

const installs = (count: number): string[] => Array.from({ length: count }, (_, index) => `install-${index}`);

describe('createDistinct', () => {
  it('is exact up to its limit, however often each one comes', () => {
    assert.deepEqual(distinctOf([], 8), { count: 0, estimated: false });
    assert.deepEqual(distinctOf([...installs(1000), ...installs(1000)], 1000), { count: 1000, estimated: false });
  });

  it('estimates beyond it, and says so', () => {
    for (const size of [1001, 5000, 100_000]) {
      const { count, estimated } = distinctOf(installs(size), 1000);
      assert.ok(estimated && Math.abs(count / size - 1) < 0.12, `${count} for ${size}`);
    }
  });

  it('gives the same number in any order', () => {
    const names = installs(20_000);
    assert.deepEqual(distinctOf(names, 500), distinctOf(names.toReversed(), 500));
  });
});

describe('hashOf', () => {
  it('keeps within the integers that a number holds, and apart', () => {
    const hashes = installs(100_000).map(hashOf);
    assert.ok(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0));
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('is the same for ever', () => {
    assert.deepEqual(
      ['', 'a', 'AAAAAAAAAAAAAAAAAAAAAA', '\u{1f4a5}'].map(hashOf),
      [8580638697583547, 195382368033192, 8698253157057736, 7954970542513970],
    );
  });
});
