import type { Clock } from '@assay/core';

/** So many calls in a row that get no answer at all, and the service is left alone. */
const IN_A_ROW = 3;
const REST_MS = 10_000;

/**
 * Leaves a service alone that takes calls and does not answer. Each such call holds a request of an app until its time is up: a
 * few of them at once, and nothing else would be served, not even who needs no vendor.
 */
export interface Rest {
  /** Milliseconds to wait, or 0. */
  waitMs(): number;
  /** Milliseconds to wait, or 0: after a rest for one caller, who tries whether it answers again. */
  left(): number;
  answered(): void;
  failed(): void;
}

/** @param inARow failures after which the rest begins */
export function createRest(clock: Clock, inARow: number = IN_A_ROW): Rest {
  let failures = 0;
  let since = 0;

  function waitMs(): number {
    const rested = clock() - since;
    // A clock that was set back does not tell how long it was: the rest would last until the clock is where it was.
    return failures < inARow || rested < 0 || rested >= REST_MS ? 0 : REST_MS - rested;
  }

  return {
    waitMs,
    left() {
      const wait = waitMs();
      if (wait === 0) since = clock();
      return wait;
    },
    answered() {
      failures = 0;
    },
    failed() {
      failures += 1;
      since = clock();
    },
  };
}
