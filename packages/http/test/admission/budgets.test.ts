import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBuckets } from '../../src/admission/budgets.ts';

describe('budgets', () => {
  it('lets a burst through, then tells how long to wait', () => {
    const buckets = createBuckets({ burst: 3, perSecond: 2 }, 10);
    assert.deepEqual(
      [0, 0, 0].map((now) => buckets.take('a', now)),
      [0, 0, 0],
    );
    assert.equal(buckets.take('a', 0), 500);
    assert.notEqual(buckets.take('a', 499), 0);
    assert.equal(buckets.take('a', 500), 0);
  });

  it('keeps keys apart', () => {
    const buckets = createBuckets({ burst: 1, perSecond: 1 }, 10);
    assert.equal(buckets.take('a', 0), 0);
    assert.equal(buckets.take('b', 0), 0);
    assert.notEqual(buckets.take('a', 0), 0);
  });

  it('never saves up more than a burst, nor gives for a clock that runs back', () => {
    const buckets = createBuckets({ burst: 2, perSecond: 1 }, 10);
    buckets.take('a', 1_000_000);
    assert.deepEqual(
      [9_000_000, 9_000_000, 9_000_000].map((now) => buckets.take('a', now) === 0),
      [true, true, false],
    );
    assert.notEqual(buckets.take('a', 0), 0);
  });

  it('holds no more keys than it may, whoever comes', () => {
    const buckets = createBuckets({ burst: 1, perSecond: 1 }, 100);
    for (let key = 0; key < 10_000; key++) buckets.take(String(key), key);
    assert.ok(buckets.size <= 100);
  });
});
