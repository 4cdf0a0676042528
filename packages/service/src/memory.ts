import type { Clock } from '@assay/core';

/** What was read a short while ago, by name. */
export interface Memory<T> {
  /** The remembered value, else what `read` gives; callers at the same time share one read. One that fails is not remembered. */
  get(name: string, read: () => Promise<T>): Promise<T>;
  forget(): void;
}

interface Remembered<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/**
 * @param lifetimeMs how long a value is given again; a clock that was set back ends it at once, else it would stay for as
 * long as the clock went back
 * @param capacity names remembered; one more, and all are forgotten
 */
export function createMemory<T>(clock: Clock, lifetimeMs: number, capacity: number): Memory<T> {
  const remembered = new Map<string, Remembered<T>>();

  const isFresh = ({ at }: Remembered<T>, now: number): boolean => at <= now && now < at + lifetimeMs;

  function remember(name: string, entry: Remembered<T>): Promise<T> {
    if (remembered.size >= capacity) remembered.clear();
    remembered.set(name, entry);
    entry.value.catch(() => {
      if (remembered.get(name) === entry) remembered.delete(name);
    });
    return entry.value;
  }

  return {
    get(name, read) {
      const now = clock();
      const known = remembered.get(name);
      return known !== undefined && isFresh(known, now) ? known.value : remember(name, { at: now, value: read() });
    },
    forget: () => remembered.clear(),
  };
}
