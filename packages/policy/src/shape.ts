/** A small strict reader of JSON values that names every fault with its path, all of them together. */

export interface Fault {
  /** Where, for example `$.rules[3].require.in[0]`. */
  readonly path: string;
  readonly expected: string;
}

export class Faults extends Error {
  override readonly name = 'Faults';
  readonly list: readonly Fault[];

  constructor(list: readonly Fault[]) {
    super(list.map(({ path, expected }) => `${path}: ${expected}`).join('; '));
    this.list = list;
  }
}

/** Reads one JSON value found at `path`. Throws {@link Faults}. */
export type Reader<T> = (value: unknown, path: string) => T;

export function fault(path: string, expected: string): never {
  throw new Faults([{ path, expected }]);
}

/** Runs every step, then throws what all of them found wrong, or gives all results. */
export function together<T>(steps: readonly (() => T)[]): T[] {
  const results: T[] = [];
  const faults: Fault[] = [];
  for (const step of steps) {
    try {
      results.push(step());
    } catch (error) {
      if (!(error instanceof Faults)) throw error;
      faults.push(...error.list);
    }
  }
  if (faults.length > 0) throw new Faults(faults);
  return results;
}

export const text =
  (pattern: RegExp, expected: string): Reader<string> =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? value : fault(path, expected);

export const wholeNumber =
  (min: number, max: number): Reader<number> =>
  (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : fault(path, `a whole number from ${min} to ${max}`);

export function oneOf<const T extends string>(values: readonly T[]): Reader<T> {
  return (value, path) => values.find((each) => each === value) ?? fault(path, `one of ${values.join(', ')}`);
}

export function list<T>(read: Reader<T>, max: number): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > max) fault(path, `a list of 1 to ${max} entries`);
    return together(value.map((each: unknown, index) => () => read(each, `${path}[${index}]`)));
  };
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Required<S extends Shape> = { -readonly [K in keyof S]: ReturnType<S[K]> };
type Optional<S extends Shape> = { -readonly [K in keyof S]?: ReturnType<S[K]> };

/** An object with exactly these members; unknown ones are faults. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Reader<Required<R> & Optional<O>> {
  const readers: Shape = { ...required, ...optional };
  return (value, path) => {
    const members = membersOf(value, path);
    const names = new Set([...Object.keys(required), ...Object.keys(members)]);
    const entries = together([...names].map((name) => () => member(readers, members, name, path)));
    return Object.fromEntries(entries) as Required<R> & Optional<O>; // each entry came out of the reader of its name
  };
}

export function membersOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fault(path, 'an object');
  return value as Readonly<Record<string, unknown>>; // an object of JSON has text keys only
}

function member(
  readers: Shape,
  members: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
): [string, unknown] {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) fault(`${path}.${name}`, 'no such member');
  if (!Object.hasOwn(members, name)) fault(`${path}.${name}`, 'a value; the member is missing');
  return [name, read(members[name], `${path}.${name}`)];
}
