/** How often names came up, of the ones that came up last. */
export interface Tally {
  /** Counts once more; how often that is by now. */
  add(name: string): number;
}

/** @param capacity names remembered; the one that came up longest ago goes first, and begins anew */
export function createTally(capacity: number): Tally {
  const counts = new Map<string, number>();
  return {
    add(name) {
      const count = (counts.get(name) ?? 0) + 1;
      // A Map keeps the order of insertion.
      counts.delete(name);
      counts.set(name, count);
      if (counts.size > capacity) counts.delete(counts.keys().next().value ?? name);
      return count;
    },
  };
}
