/** A memory of at most so many values; the one longest unused goes first. */
export interface BoundedMap<T> {
  get(name: string): T | undefined;
  set(name: string, value: T): void;
  clear(): void;
}

/** A capacity of 0 remembers nothing. */
export function createBoundedMap<T>(capacity: number): BoundedMap<T> {
  // A Map keeps the order of insertion: whatever is used is put in anew, so the first name is the one longest unused.
  const values = new Map<string, T>();
  return {
    get(name) {
      const value = values.get(name);
      if (value === undefined) return undefined;
      values.delete(name);
      values.set(name, value);
      return value;
    },
    set(name, value) {
      values.delete(name);
      values.set(name, value);
      if (values.size > capacity) values.delete(values.keys().next().value ?? name);
    },
    clear: () => values.clear(),
  };
}
