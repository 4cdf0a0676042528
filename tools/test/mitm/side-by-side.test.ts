import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { sideBySide } from '../../mitm/side-by-side.ts';

test('no more at once than allowed, and everything in its order', async () => {
  let [now, most] = [0, 0];
  const results = await sideBySide([1, 2, 3, 4, 5], 2, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await turn();
    now -= 1;
    return item * 10;
  });
  assert.deepEqual(results, [10, 20, 30, 40, 50]);
  assert.equal(most, 2);
});

test('a failure is the failure of all', async () => {
  await assert.rejects(
    sideBySide([1], 3, () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
});
