import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLabClock } from '../../../src/mitm/attack/clock.ts';

it('time goes back to where it was, whatever happened meanwhile', async () => {
  const clock = createLabClock(() => 1_000);
  const inner = () => clock.later(2, async () => clock.now());
  assert.equal(await clock.later(1, inner), 4_000);
  await assert.rejects(clock.later(5, () => Promise.reject(new Error('fault'))));
  assert.equal(clock.now(), 1_000);
});
