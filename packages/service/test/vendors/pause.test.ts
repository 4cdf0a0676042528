import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPause } from '../../src/vendors/pause.ts';

const START = Date.UTC(2026, 10, 21);
const answer = (status: number, retryAfter?: string) => ({
  status,
  headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
});

describe('Retry-After', () => {
  const rows: readonly (readonly [string, number, string | undefined, number])[] = [
    ['seconds', 429, '30', 30_000],
    ['a date', 503, new Date(START + 60_000).toUTCString(), 60_000],
    ['a date that has passed', 503, new Date(START - 60_000).toUTCString(), 0],
    ['more than ten minutes', 503, '86400', 600_000],
    ['nothing', 429, undefined, 0],
    ['a word', 429, 'soon', 0],
    ['a negative number', 429, '-5', 0],
    ['another status', 500, '30', 0],
    ['success', 200, '30', 0],
  ];
  for (const [name, status, value, wait] of rows) {
    it(`${name}: ${wait} ms`, () => {
      const pause = createPause(() => START);
      pause.note(answer(status, value));
      assert.equal(pause.left(), wait);
    });
  }

  it('runs out', () => {
    const hands = { now: START };
    const pause = createPause(() => hands.now);
    pause.note(answer(429, '60'));
    hands.now += 59_999;
    assert.equal(pause.left(), 1);
    hands.now += 1;
    assert.equal(pause.left(), 0);
  });

  it('ends when the clock is set back: else it would last until the clock is where it was', () => {
    const hands = { now: START };
    const pause = createPause(() => hands.now);
    pause.note(answer(429, '60'));
    hands.now -= 86_400_000;
    assert.equal(pause.left(), 0);
  });
});
