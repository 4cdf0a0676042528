/**
 * Token buckets over a bounded memory: what one address, one app, or everybody together may ask for in a second.
 * Checked before anything is parsed. Time is handed in.
 */

export interface Budget {
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests a second after that. */
  readonly perSecond: number;
}

interface Bucket {
  level: number;
  at: number;
}

export interface Buckets {
  /** Takes one from `key`'s bucket; the milliseconds to wait when it is empty, else 0. */
  take(key: string, now: number): number;
  readonly size: number;
}

/**
 * @param capacity keys remembered. When it is reached the longest-unused half is forgotten: a forgotten key starts
 * with a full bucket, so an attacker with many addresses gains at most `burst` for each.
 */
export function createBuckets(budget: Budget, capacity: number): Buckets {
  const buckets = new Map<string, Bucket>();

  function bucketOf(key: string, now: number): Bucket {
    const known = buckets.get(key);
    if (known !== undefined) {
      buckets.delete(key);
      buckets.set(key, known);
      return known;
    }
    if (buckets.size >= capacity) forgetOldest(buckets, capacity / 2);
    const fresh = { level: budget.burst, at: now };
    buckets.set(key, fresh);
    return fresh;
  }

  return {
    take(key, now) {
      const bucket = bucketOf(key, now);
      const elapsed = Math.max(0, now - bucket.at) / 1_000;
      bucket.level = Math.min(budget.burst, bucket.level + elapsed * budget.perSecond);
      bucket.at = now;
      if (bucket.level < 1) return Math.ceil(((1 - bucket.level) / budget.perSecond) * 1_000);
      bucket.level -= 1;
      return 0;
    },
    get size() {
      return buckets.size;
    },
  };
}

function forgetOldest(buckets: Map<string, Bucket>, count: number): void {
  let left = count;
  for (const key of buckets.keys()) {
    if (left-- <= 0) return;
    buckets.delete(key);
  }
}
