import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { createSlots } from '../../src/run/slots.ts';

describe('slots', () => {
  it('run so many pieces of work at once, in the order in which they came', async () => {
    const slots = createSlots(2);
    let running = 0;
    const [order, most]: [number[], number[]] = [[], []];
    const piece = (number: number) => async () => {
      order.push(number);
      running += 1;
      most.push(running);
      await tick();
      running -= 1;
      return number;
    };
    const results = await Promise.all([1, 2, 3, 4, 5].map((number) => slots(piece(number))));
    assert.deepEqual(
      [results, order],
      [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
      ],
    );
    assert.equal(Math.max(...most), 2);
  });

  it('pass the place on when work fails', async () => {
    const slots = createSlots(1);
    const failing = slots(() => Promise.reject(new Error('x')));
    const next = slots(() => Promise.resolve('next'));
    await assert.rejects(failing, /x/);
    assert.equal(await next, 'next');
    assert.equal(await slots(() => Promise.resolve('free again')), 'free again');
  });
});
