import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { backoff, FLOORS, type Floors, NO_FLOORS, pausedBy, reenrolAt, withReenrolment } from '../src/floors.ts';

const HOUR = 3_600_000;
const middle = () => Uint8Array.of(128);

const wait = { kind: 'wait', code: 'client.network_failed', retryAt: 0 } as const;
const paused = (until: number, version?: string): Floors => ({
  ...NO_FLOORS,
  pause: { until, outcome: wait, ...(version === undefined ? {} : { version }) },
});

describe('pausedBy', () => {
  it('holds until its time', () => {
    assert.deepEqual(pausedBy(paused(100), '1', 99), { ...wait, retryAt: 100 });
    assert.equal(pausedBy(paused(100), '1', 100), undefined);
  });

  it('ends with another version of the app', () => {
    assert.equal(pausedBy(paused(100, '1'), '1', 0)?.kind, 'wait');
    assert.equal(pausedBy(paused(100, '1'), '2', 0), undefined);
  });

  it('is not believed when it is longer than any can be: the clock was moved', () => {
    assert.equal(pausedBy(paused(FLOORS.hold + 1), '1', 0), undefined);
  });
});

describe('backoff', () => {
  it('is flat, or doubles with every failure up to its bound', () => {
    const doubling = [0, 1, 2, 10, 1e6].map(
      (failures) => backoff({ ...NO_FLOORS, failures }, 'doubling', middle) / 60_000,
    );
    assert.deepEqual(doubling.map(Math.round), [1, 2, 4, 30, 30]);
    assert.equal(Math.round(backoff({ ...NO_FLOORS, failures: 9 }, 'flat', middle) / 60_000), 1);
  });

  it('waits as long as it is asked to, within the bound, and never less than its own floor', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), fc.integer({ min: 0, max: 255 }), (asked, octet) => {
        const waited = backoff(NO_FLOORS, 'flat', () => Uint8Array.of(octet), asked);
        assert.ok(waited >= FLOORS.flat * 0.9 - 1 && waited <= FLOORS.longest * 1.1 + 1);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('reenrolAt', () => {
  it('allows one an hour and three a day', () => {
    let floors: Floors = NO_FLOORS;
    const at: number[] = [];
    for (let now = 0; now < 30 * HOUR; now += HOUR / 4) {
      if (reenrolAt(floors, now) > now) continue;
      floors = withReenrolment(floors, now);
      at.push(now / HOUR);
    }
    assert.deepEqual(at, [0, 1, 2, 24, 25, 26]);
  });
});
