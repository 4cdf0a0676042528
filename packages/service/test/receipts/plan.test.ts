import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstAt, nextAt, retryAt, tomorrowAt } from '../../src/receipts/plan.ts';

const least = () => Uint8Array.of(0, 0, 0, 0);
const most = () => Uint8Array.of(255, 255, 255, 255);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe('when Apple is asked again', () => {
  it('within the first hour after an attestation, spread over it', () => {
    assert.equal(firstAt(0, least), MINUTE);
    assert.equal(firstAt(0, most), MINUTE + HOUR - 1);
  });

  it('a week after a new receipt, and never before it says', () => {
    assert.equal(nextAt(0, DAY, least), 7 * DAY);
    assert.equal(nextAt(0, undefined, most), 8 * DAY - 1);
    assert.equal(nextAt(0, 30 * DAY, least), 30 * DAY);
  });

  it('tomorrow when it was too early', () => {
    assert.deepEqual([tomorrowAt(0, least), tomorrowAt(0, most)], [DAY, DAY + HOUR - 1]);
  });

  it('after longer and longer waits when it failed, up to a day and a half', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((failures) => retryAt(0, failures, least) / MINUTE),
      [5, 10, 20, 40],
    );
    for (const failures of [9, 50, 2 ** 31]) {
      assert.equal(retryAt(0, failures, least), DAY);
      assert.ok(retryAt(0, failures, most) < 1.5 * DAY);
    }
  });
});
