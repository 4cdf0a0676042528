import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTally } from '../src/tally.ts';

test('counts each name, and remembers those that came up last', () => {
  const tally = createTally(2);
  assert.deepEqual(
    ['a', 'a', 'b', 'a'].map((name) => tally.add(name)),
    [1, 2, 1, 3],
  );
  tally.add('c');
  assert.deepEqual(
    ['a', 'b', 'a'].map((name) => tally.add(name)),
    [4, 1, 5],
  );
});
