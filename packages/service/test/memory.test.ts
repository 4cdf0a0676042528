import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemory } from '../src/memory.ts';

const HOUR_MS = 3_600_000;

function world(capacity = 10) {
  const hands = { now: HOUR_MS };
  let reads = 0;
  const read = async () => ++reads;
  return { hands, read, memory: createMemory<number>(() => hands.now, 1_000, capacity) };
}

describe('memory', () => {
  it('reads once in its lifetime, also for callers at the same time', async () => {
    const { hands, read, memory } = world();
    assert.deepEqual(await Promise.all([memory.get('a', read), memory.get('a', read)]), [1, 1]);
    hands.now += 999;
    assert.equal(await memory.get('a', read), 1);
    hands.now += 1;
    assert.equal(await memory.get('a', read), 2);
  });

  it('is not frozen by a clock that is set back', async () => {
    const { hands, read, memory } = world();
    await memory.get('a', read);
    hands.now -= HOUR_MS;
    assert.equal(await memory.get('a', read), 2);
    hands.now += 1_000;
    assert.equal(await memory.get('a', read), 3);
  });

  it('forgets a read that failed, and not what was read since', async () => {
    const { read, memory } = world();
    const { promise, reject } = Promise.withResolvers<number>();
    const failing = memory.get('a', () => promise);
    memory.forget();
    await memory.get('a', read);
    reject(new Error('the store is away'));
    await assert.rejects(failing);
    assert.equal(await memory.get('a', read), 1);
    await assert.rejects(memory.get('b', () => Promise.reject(new Error('the store is away'))));
    assert.equal(await memory.get('b', read), 2);
  });

  it('stays bounded', async () => {
    const { read, memory } = world(2);
    for (const name of ['a', 'b', 'c']) await memory.get(name, read);
    assert.equal(await memory.get('a', read), 4);
  });
});
