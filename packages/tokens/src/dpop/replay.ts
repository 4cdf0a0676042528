import type { Clock } from '@assay/core';
import { fault } from '../fault.ts';

/** Remembers what was used. Shared by replicas where a proof must work once in all of them. */
export interface ReplayMemory {
  /**
   * Remembers `key` until `until` (milliseconds since the epoch); false when it is remembered already. A memory that
   * cannot tell throws an UpstreamError: the proof is then refused.
   */
  remember(key: string, until: number): boolean | Promise<boolean>;
}

export interface ReplayMemoryOptions {
  readonly clock: Clock;
  /** Keys at most. Default 1 000 000. */
  readonly capacity?: number;
  /** Milliseconds that keys of about the same end share a bucket. Default 10 000. */
  readonly bucketMs?: number;
}

/**
 * A memory of this process, in buckets by end time: forgetting is dropping a whole bucket. When it is full it refuses
 * (UpstreamError `tokens.replay_memory_full`), because forgetting early would admit a used proof again.
 */
export function createReplayMemory({
  clock,
  capacity = 1_000_000,
  bucketMs = 10_000,
}: ReplayMemoryOptions): ReplayMemory {
  const buckets = new Map<number, Set<string>>();
  let size = 0;

  function dropEnded(): void {
    const now = clock();
    for (const [end, keys] of buckets) {
      if (end * bucketMs > now) continue;
      buckets.delete(end);
      size -= keys.size;
    }
  }

  return {
    remember(key, until) {
      dropEnded();
      for (const keys of buckets.values()) if (keys.has(key)) return false;
      if (size >= capacity) throw fault('tokens.replay_memory_full');
      const end = Math.floor(until / bucketMs) + 1;
      const keys = buckets.get(end) ?? new Set();
      buckets.set(end, keys.add(key));
      size += 1;
      return true;
    },
  };
}
