import type { RejectionSample, RejectionStore } from '@assay/core';

const HOUR_MS = 3_600_000;
/** Samples kept for each issuer, app and hour; everything beyond is only counted. */
export const MAX_SAMPLES_PER_HOUR = 100;
/** Buckets (issuer × app × hour) held between two flushes; unregistered apps share one, so this is never reached. */
const MAX_BUCKETS = 1_000;

interface Bucket {
  readonly iss: string;
  readonly app: string;
  readonly hour: number;
  readonly counts: Map<string, number>;
  readonly samples: RejectionSample[];
}

type Buckets = Map<string, Bucket>;

export interface Rejections {
  /** Counts one rejection, and keeps its sample while there is room. Never touches the store. */
  record(sample: RejectionSample): void;
  /** Writes what has gathered, after a flush that is under way; what the store did not take is kept for the next one. */
  flush(): Promise<void>;
}

/**
 * Gathers rejections in memory and writes them in one bounded batch, so that a flood of bad input costs counters and
 * not rows (`docs/protocol.md`, attack 39).
 */
export function createRejections(store: RejectionStore): Rejections {
  let gathered: Buckets = new Map();
  let flushing = Promise.resolve();

  async function write(): Promise<void> {
    const unwritten = gathered;
    gathered = new Map();
    try {
      for (const [key, bucket] of unwritten) {
        const { iss, app, hour, counts, samples } = bucket;
        await store.recordRejections(iss, app, hour, Object.fromEntries(counts), samples, MAX_SAMPLES_PER_HOUR);
        unwritten.delete(key);
      }
    } finally {
      for (const bucket of unwritten.values()) add(gathered, bucket);
    }
  }

  return {
    record: (sample) => add(gathered, toBucket(sample)),
    flush() {
      flushing = flushing.then(write, write);
      return flushing;
    },
  };
}

function toBucket(sample: RejectionSample): Bucket {
  const { iss, app, code, at } = sample;
  return { iss, app, hour: at - (at % HOUR_MS), counts: new Map([[code, 1]]), samples: [sample] };
}

/** Adds counts to those of the same place and hour; samples while there is room. */
function add(buckets: Buckets, { iss, app, hour, counts, samples }: Bucket): void {
  const key = `${hour} ${iss} ${app}`;
  if (buckets.size >= MAX_BUCKETS && !buckets.has(key)) return;
  const into: Bucket = buckets.get(key) ?? { iss, app, hour, counts: new Map(), samples: [] };
  buckets.set(key, into);
  for (const [code, times] of counts) into.counts.set(code, (into.counts.get(code) ?? 0) + times);
  into.samples.push(...samples.slice(0, MAX_SAMPLES_PER_HOUR - into.samples.length));
}
