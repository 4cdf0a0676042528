import type { Clock } from '@assay/core';
import { fault } from '../fault.ts';

/** Remembers what was used. Shared by replicas where a proof must work once in all of them. */
export interface ReplayMemory {
  /**
   * Remembers `key` until `until` (milliseconds since the epoch); false when it is remembered already. A memory that
   * cannot tell throws an UpstreamError: the proof is then refused. `holder` names whose proof it is, so that a memory can
   * give everybody a share.
   */
  remember(key: string, until: number, holder: string): boolean | Promise<boolean>;
}

export interface ReplayMemoryOptions {
  readonly clock: Clock;
  /** Keys at most. Default 1 000 000. */
  readonly capacity?: number;
  /** Keys of one holder at most: one phone cannot fill the memory for all. Default 10 000, some 30 proofs a second. */
  readonly share?: number;
  /** Milliseconds that keys of about the same end share a bucket. Default 10 000. */
  readonly bucketMs?: number;
}

interface Bucket {
  readonly keys: Set<string>;
  /** How many of the keys each holder has. */
  readonly holders: Map<string, number>;
}

/** A memory of this process, which answers at once. */
export interface LocalReplayMemory extends ReplayMemory {
  remember(key: string, until: number, holder: string): boolean;
}

/**
 * A memory of this process, in buckets by end time: forgetting is dropping a whole bucket. When it is full, or the share of
 * the holder is, it refuses (UpstreamError `tokens.replay_memory_full`), because forgetting early would admit a used proof
 * again.
 */
export function createReplayMemory({
  clock,
  capacity = 1_000_000,
  share = 10_000,
  bucketMs = 10_000,
}: ReplayMemoryOptions): LocalReplayMemory {
  const buckets = new Map<number, Bucket>();
  let size = 0;

  function dropEnded(): void {
    const now = clock();
    for (const [end, { keys }] of buckets) {
      if (end * bucketMs > now) continue;
      buckets.delete(end);
      size -= keys.size;
    }
  }

  function assertRoom(held: number): void {
    if (size >= capacity) throw fault('tokens.replay_memory_full', { expected: `at most ${capacity} proofs` });
    if (held >= share) throw fault('tokens.replay_memory_full', { expected: `at most ${share} proofs of one key` });
  }

  return {
    remember(key, until, holder) {
      dropEnded();
      let held = 0;
      for (const { keys, holders } of buckets.values()) {
        if (keys.has(key)) return false;
        held += holders.get(holder) ?? 0;
      }
      assertRoom(held);
      const end = Math.floor(until / bucketMs) + 1;
      const bucket = buckets.get(end) ?? { keys: new Set(), holders: new Map() };
      bucket.keys.add(key);
      bucket.holders.set(holder, (bucket.holders.get(holder) ?? 0) + 1);
      buckets.set(end, bucket);
      size += 1;
      return true;
    },
  };
}
