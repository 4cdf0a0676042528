import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createStopwatch } from '../../src/attest/stopwatch.ts';

it('a stopwatch gives each phase the time since the one before', () => {
  let now = 100;
  const watch = createStopwatch(() => now, 3);
  now += 5;
  watch.end('verify');
  now += 7;
  watch.end('evidence');
  assert.deepEqual(watch.readings(), { parse: 3, verify: 5, evidence: 7, total: 15 });
});
