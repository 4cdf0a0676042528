import type { Clock } from '@assay/core';

/** A value that is made anew when it has served its time. */
export interface Renewing<T> {
  /** The value at hand while it is good; callers at the same time share one renewal. */
  get(): Promise<T>;
  /** Drops this value, unless another is at hand already. */
  drop(value: T): void;
}

interface Held<T> {
  readonly value: T;
  readonly from: number;
  readonly until: number;
}

/** @param renew gives a value and the milliseconds that it is good for; when it throws, nothing is kept */
export function createRenewing<T>(
  clock: Clock,
  renew: () => Promise<{ readonly value: T; readonly goodForMs: number }>,
): Renewing<T> {
  let held: Held<T> | undefined;
  let underWay: Promise<T> | undefined;

  async function renewed(): Promise<T> {
    const from = clock();
    const { value, goodForMs } = await renew();
    held = { value, from, until: from + goodForMs };
    return value;
  }

  return {
    get() {
      const now = clock();
      // A clock that was set back must not make a value live longer.
      if (held !== undefined && held.from <= now && now < held.until) return Promise.resolve(held.value);
      underWay ??= renewed().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    drop(value) {
      if (held?.value === value) held = undefined;
    },
  };
}
