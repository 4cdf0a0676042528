import type { Clock, RejectionSample, RejectionStore } from '@assay/core';

const HOUR_MS = 3_600_000;
/** Samples kept for each issuer, app and hour; everything beyond is only counted. */
export const MAX_SAMPLES_PER_HOUR = 100;
/** Buckets (issuer × app) held between two flushes; an unknown app is counted under one name, so this is never reached. */
const MAX_BUCKETS = 1_000;

interface Bucket {
  readonly iss: string;
  readonly app: string;
  readonly hour: number;
  readonly counts: Map<string, number>;
  readonly samples: RejectionSample[];
  sampled: number;
}

export interface Rejections {
  /** Counts one rejection, and keeps its sample while the hour has room. Never touches the store. */
  record(sample: RejectionSample): void;
  /** Writes what has gathered; what a failing store refused is counted again at the next flush. */
  flush(): Promise<void>;
}

/**
 * Gathers rejections in memory and writes them in one bounded batch, so that a flood of bad input costs counters and
 * not rows (`docs/protocol.md`, attack 39).
 */
export function createRejections(store: RejectionStore, clock: Clock): Rejections {
  let buckets = new Map<string, Bucket>();

  function record(sample: RejectionSample): void {
    const hour = clock() - (clock() % HOUR_MS);
    const key = `${hour} ${sample.iss} ${sample.app}`;
    const bucket = buckets.get(key) ?? emptyBucket(sample, hour);
    if (buckets.size >= MAX_BUCKETS && !buckets.has(key)) return;
    buckets.set(key, bucket);
    bucket.counts.set(sample.code, (bucket.counts.get(sample.code) ?? 0) + 1);
    if (bucket.sampled++ < MAX_SAMPLES_PER_HOUR) bucket.samples.push(sample);
  }

  async function flush(): Promise<void> {
    const pending = buckets;
    buckets = new Map();
    for (const [key, bucket] of pending) {
      const { iss, app, hour, counts, samples } = bucket;
      try {
        await store.recordRejections(iss, app, hour, Object.fromEntries(counts), samples, MAX_SAMPLES_PER_HOUR);
        pending.delete(key);
      } catch (error) {
        putBack(pending, buckets);
        throw error;
      }
    }
  }

  return { record, flush };
}

function emptyBucket({ iss, app }: RejectionSample, hour: number): Bucket {
  return { iss, app, hour, counts: new Map(), samples: [], sampled: 0 };
}

/** Adds the counts that could not be written to what has come since. */
function putBack(unwritten: Map<string, Bucket>, current: Map<string, Bucket>): void {
  for (const [key, bucket] of unwritten) {
    const since = current.get(key);
    if (since === undefined) current.set(key, bucket);
    else for (const [code, times] of bucket.counts) since.counts.set(code, (since.counts.get(code) ?? 0) + times);
  }
}
