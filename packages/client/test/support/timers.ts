import type { Timer } from '@assay/client';

/** Timers that ring when a test says so, and a call that never returns. */
export function createTimers() {
  const running = new Set<() => void>();
  const waits: number[] = [];
  const called = Promise.withResolvers<void>();
  const timer: Timer = (milliseconds, callback) => {
    waits.push(milliseconds);
    running.add(callback);
    return () => running.delete(callback);
  };
  return {
    timer,
    /** Every wait that was asked for, in milliseconds. */
    waits,
    get running(): number {
      return running.size;
    },
    ring(): void {
      for (const callback of [...running]) {
        running.delete(callback);
        callback();
      }
    },
    /** Never returns; `called` says when it was begun. */
    hang: (): Promise<never> => {
      called.resolve();
      return new Promise(() => {});
    },
    called: called.promise,
  };
}
