import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../src/simulate/hash.ts';
import { createTallies, createTally, OTHERS } from '../../src/simulate/tally.ts';

describe('createTally', () => {
  it('counts appraisals, and the installs that they are of', () => {
    const tally = createTally(10);
    for (const lineage of ['a', 'b', 'a', 'a']) tally.add(hashOf(lineage));
    assert.deepEqual(tally.count(), { appraisals: 4, installs: 2, estimated: false });
  });

  it('never estimates more installs than appraisals', () => {
    for (let size = 9; size < 200; size += 1) {
      const tally = createTally(8);
      for (let index = 0; index < size; index += 1) tally.add(hashOf(`${size}.${index}`));
      const { appraisals, installs } = tally.count();
      assert.ok(installs <= appraisals && appraisals === size);
    }
  });
});

describe('createTallies', () => {
  it('lists the most first, then by name', () => {
    const tallies = createTallies(5);
    for (const name of ['b', 'a', 'c', 'c']) tallies.add(name, 1);
    assert.deepEqual(
      tallies.counts().map(({ name, appraisals }) => [name, appraisals]),
      [
        ['c', 2],
        ['a', 1],
        ['b', 1],
      ],
    );
  });

  it('takes names that no device should have, and bounds their number', () => {
    const tallies = createTallies(3);
    for (const name of ['__proto__', 'constructor', '', 'x1', 'x2', '__proto__']) tallies.add(name, 1);
    assert.deepEqual(
      tallies.counts().map(({ name, appraisals }) => [name, appraisals]),
      [
        [OTHERS, 2],
        ['__proto__', 2],
        ['', 1],
        ['constructor', 1],
      ],
    );
  });
});
