export interface Sample<T> {
  /** `make` is called only for those that are kept. */
  offer(hash: number, make: () => T): void;
  values(): readonly T[];
}

/** The `size` values of the smallest hashes: a random choice that is the same in every run and in any order. */
export function createSample<T>(size: number): Sample<T> {
  let kept: { readonly hash: number; readonly value: T }[] = [];
  return {
    offer: (hash, make) => {
      if (kept.length >= size && hash >= (kept.at(-1)?.hash ?? 0)) return;
      const at = kept.findIndex((each) => each.hash > hash);
      kept = kept.toSpliced(at < 0 ? kept.length : at, 0, { hash, value: make() }).slice(0, size);
    },
    values: () => kept.map(({ value }) => value),
  };
}
