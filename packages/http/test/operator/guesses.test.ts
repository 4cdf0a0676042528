import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGuesses, LOCK_MS, MAX_MISSES } from '../../src/operator/guesses.ts';

describe('guesses', () => {
  it('are counted before they are made, by credential', () => {
    const guesses = createGuesses(() => 0);
    for (let miss = 0; miss < MAX_MISSES; miss++) assert.deepEqual(guesses.begin('a'), { wait: 0, locksOut: false });
    assert.deepEqual(guesses.begin('a'), { wait: LOCK_MS, locksOut: true });
    assert.deepEqual(guesses.begin('a'), { wait: LOCK_MS, locksOut: false });
    assert.deepEqual(guesses.begin('b'), { wait: 0, locksOut: false });
  });

  it('are forgiven after an hour, and a lock-out lasts one from its own beginning', () => {
    let now = 0;
    const guesses = createGuesses(() => now);
    for (let miss = 0; miss < MAX_MISSES; miss++) guesses.begin('a');
    now = LOCK_MS - 1;
    assert.equal(guesses.begin('a').wait, LOCK_MS);
    now += LOCK_MS - 1;
    assert.equal(guesses.begin('a').wait, 1);
    now += 1;
    for (let miss = 0; miss < MAX_MISSES; miss++) assert.equal(guesses.begin('a').wait, 0);
  });

  it('that are taken back are none', () => {
    const guesses = createGuesses(() => 0);
    for (let found = 0; found < 10 * MAX_MISSES; found++) {
      assert.equal(guesses.begin('a').wait, 0);
      guesses.takeBack('a');
    }
  });

  it('lock out for an hour at most, also when the clock is set back', () => {
    let now = 10 * LOCK_MS;
    const guesses = createGuesses(() => now);
    for (let miss = 0; miss <= MAX_MISSES; miss++) guesses.begin('a');
    now = 0;
    assert.equal(guesses.begin('a').wait, LOCK_MS);
    now += LOCK_MS;
    assert.equal(guesses.begin('a').wait, 0);
  });
});
