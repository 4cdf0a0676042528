import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorkQueue } from '../../src/admission/queue.ts';

const LANES = [
  { name: 'refresh', capacity: 4 },
  { name: 'enrol', capacity: 2 },
];

describe('the work queue', () => {
  it('serves the first lane first', async () => {
    const queue = createWorkQueue(LANES, 1);
    const order: string[] = [];
    const job = (name: string) => async () => void order.push(name);
    await Promise.all([queue.run('enrol', job('e1')), queue.run('enrol', job('e2')), queue.run('refresh', job('r1'))]);
    assert.deepEqual(order, ['r1', 'e1', 'e2']);
  });

  it('sheds what a lane cannot hold, at once, and leaves other lanes alone', async () => {
    const queue = createWorkQueue(LANES, 1);
    const noop = async () => 'done';
    const enrols = [1, 2, 3].map(() => queue.run('enrol', noop));
    assert.deepEqual([queue.isFull('enrol'), queue.isFull('refresh'), queue.isFull('other')], [true, false, true]);
    assert.equal(await enrols[2], 'overloaded');
    assert.equal(await queue.run('refresh', noop), 'done');
    assert.deepEqual(await Promise.all(enrols), ['done', 'done', 'overloaded']);
    assert.equal(queue.waiting, 0);
  });

  it('never has more jobs under way than it may', async () => {
    const queue = createWorkQueue([{ name: 'all', capacity: 100 }], 3);
    let underWay = 0;
    let most = 0;
    const job = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => queue.run('all', job)));
    assert.equal(most, 3);
  });

  it('passes a failure on and goes on', async () => {
    const queue = createWorkQueue(LANES, 1);
    await assert.rejects(
      queue.run('enrol', () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await queue.run('enrol', async () => 1), 1);
  });

  it('refuses an unknown lane', async () => {
    assert.equal(await createWorkQueue(LANES, 1).run('other', async () => 1), 'overloaded');
  });
});
