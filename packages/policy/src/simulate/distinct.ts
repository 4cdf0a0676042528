import { HASH_SPACE } from './hash.ts';

/** How many different ones, and whether that was counted or estimated. */
export interface DistinctCount {
  readonly count: number;
  readonly estimated: boolean;
}

export interface Distinct {
  add(hash: number): void;
  count(): DistinctCount;
}

/**
 * Counts different hashes in bounded memory: exactly up to `limit`; beyond, it keeps those below a bound that is halved
 * whenever there are too many, and takes them for their share of the whole. The order has no effect. Standard error of an
 * estimate about 1.2 / √limit: 1 % for 16,384, 4 % for 1,024.
 */
export function createDistinct(limit: number): Distinct {
  const kept = new Set<number>();
  let bound = HASH_SPACE;
  return {
    add: (hash) => {
      if (hash >= bound) return;
      kept.add(hash);
      while (kept.size > limit) {
        bound /= 2;
        for (const each of kept) if (each >= bound) kept.delete(each);
      }
    },
    count: () => ({ count: Math.round(kept.size * (HASH_SPACE / bound)), estimated: bound < HASH_SPACE }),
  };
}
