/** Where the time of one attempt goes. */
export interface Stopwatch {
  /** Ends a phase: it took the time since the one before it ended. */
  end(phase: Phase): void;
  /** Milliseconds of every phase that has ended, and their sum as `total`. */
  readings(): Timings;
}

/** `wait`: for another attempt at the same challenge. `store`: the accepting transaction. */
export type Phase = 'parse' | 'verify' | 'wait' | 'evidence' | 'policy' | 'store' | 'reply';

export type Timings = Readonly<Record<string, number>>;

/**
 * @param elapsed milliseconds on a clock that only runs forward
 * @param parseMs what was spent before the attempt came here
 */
export function createStopwatch(elapsed: () => number, parseMs: number): Stopwatch {
  const phases = new Map<Phase, number>([['parse', parseMs]]);
  let before = elapsed();
  return {
    end(phase) {
      const now = elapsed();
      phases.set(phase, now - before);
      before = now;
    },
    readings: () => ({ ...Object.fromEntries(phases), total: [...phases.values()].reduce((sum, ms) => sum + ms, 0) }),
  };
}
