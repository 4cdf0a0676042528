import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorkQueue } from '../../src/admission/queue.ts';

const LANES = [
  { name: 'refresh', capacity: 4, standsBack: 0 },
  { name: 'enrol', capacity: 2, standsBack: 3 },
];

const NOBODY = () => 0;

describe('the work queue', () => {
  it('serves the first lane first', async () => {
    const queue = createWorkQueue(LANES, 1, NOBODY);
    const order: string[] = [];
    const job = (name: string) => async () => void order.push(name);
    await Promise.all([queue.run('enrol', job('e1')), queue.run('enrol', job('e2')), queue.run('refresh', job('r1'))]);
    assert.deepEqual(order, ['r1', 'e1', 'e2']);
  });

  it('sheds what a lane cannot hold, at once, and leaves other lanes alone', async () => {
    const queue = createWorkQueue(LANES, 1, NOBODY);
    const noop = async () => 'done';
    const enrols = [1, 2, 3].map(() => queue.run('enrol', noop));
    assert.deepEqual([queue.isFull('enrol'), queue.isFull('refresh'), queue.isFull('other')], [true, false, true]);
    assert.equal(await enrols[2], 'overloaded');
    assert.equal(await queue.run('refresh', noop), 'done');
    assert.deepEqual(await Promise.all(enrols), ['done', 'done', 'overloaded']);
    assert.equal(queue.waiting, 0);
  });

  it('never has more jobs under way than it may', async () => {
    const queue = createWorkQueue([{ name: 'all', capacity: 100, standsBack: 0 }], 3, NOBODY);
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
    const queue = createWorkQueue(LANES, 1, NOBODY);
    await assert.rejects(
      queue.run('enrol', () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await queue.run('enrol', async () => 1), 1);
  });

  it('refuses an unknown lane', async () => {
    assert.equal(await createWorkQueue(LANES, 1, NOBODY).run('other', async () => 1), 'overloaded');
  });

  it('stands back for connections that arrive, for some turns and no more', async () => {
    let turns = 0;
    const count = () => turns++; // each time the queue looks, one more has connected
    const queue = createWorkQueue(LANES, 1, count);
    const ranAt: Record<string, number> = {};
    const job = (name: string) => async () => {
      ranAt[name] = turns;
    };
    await Promise.all([queue.run('enrol', job('e1')), queue.run('enrol', job('e2')), queue.run('refresh', job('r1'))]);
    assert.deepEqual(ranAt, { r1: 2, e1: 6, e2: 10 });
  });

  it('does not stand back once nobody arrives', async () => {
    let connected = 0;
    const queue = createWorkQueue([{ name: 'enrol', capacity: 9, standsBack: 1_000_000 }], 1, () => connected);
    connected = 1;
    const job = queue.run('enrol', async () => 'done');
    assert.equal(await job, 'done');
  });
});
