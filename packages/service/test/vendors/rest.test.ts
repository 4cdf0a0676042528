import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRest } from '../../src/vendors/rest.ts';

function restAfter(failures: number) {
  const hands = { now: 1_000_000 };
  const rest = createRest(() => hands.now);
  for (let times = 0; times < failures; times++) rest.failed();
  return { hands, rest };
}

describe('a service that does not answer', () => {
  it('is left alone after three calls in a row, for ten seconds', () => {
    assert.equal(restAfter(2).rest.left(), 0);
    const { hands, rest } = restAfter(3);
    assert.equal(rest.left(), 10_000);
    hands.now += 9_999;
    assert.equal(rest.left(), 1);
  });

  it('says how long it rests without taking the place of that one', () => {
    const { hands, rest } = restAfter(3);
    assert.deepEqual([rest.waitMs(), rest.waitMs()], [10_000, 10_000]);
    hands.now += 10_000;
    assert.deepEqual([rest.waitMs(), rest.waitMs(), rest.left(), rest.waitMs()], [0, 0, 0, 10_000]);
    hands.now -= 1;
    assert.equal(rest.waitMs(), 0, 'set back');
  });

  it('is tried by one caller then, and by all once it has answered', () => {
    const { hands, rest } = restAfter(3);
    hands.now += 10_000;
    assert.deepEqual([rest.left(), rest.left(), rest.left()], [0, 10_000, 10_000]);
    rest.answered();
    assert.deepEqual([rest.left(), rest.left()], [0, 0]);
    rest.failed();
    assert.equal(rest.left(), 0, 'the count began anew');
  });

  it('rests no longer by a clock that was set back, and is tried by one caller all the same', () => {
    const { hands, rest } = restAfter(3);
    hands.now -= 3_600_000;
    assert.deepEqual([rest.left(), rest.left()], [0, 10_000]);
    hands.now += 10_000;
    assert.equal(rest.left(), 0);
  });
});
