import type { JsonValue } from './json.ts';
import { faultsOf, misfit, ShapeError, type ShapeFault, together } from './shape-fault.ts';

/** Reads a value of decoded JSON found at `path` into its strict type; throws ShapeError, naming all faults together. */
export type Reader<T> = (value: unknown, path: string) => T;

/** Printable ASCII without space: identifiers and versions, never free text. */
const WORD = /^[!-~]+$/;

/** An identifier of at most `max` bytes. */
export function word(max: number): Reader<string> {
  return (value, path) =>
    typeof value === 'string' && value.length <= max && WORD.test(value)
      ? value
      : misfit(path, `1 to ${max} printable ASCII characters`);
}

export function matching(pattern: RegExp, expected: string): Reader<string> {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? value : misfit(path, expected));
}

/** The canonical base64url text of exactly `length` bytes; the text is kept. */
export function encodedBytes(length: number): Reader<string> {
  const form = new RegExp(`^[A-Za-z0-9_-]{${Math.floor((length * 4) / 3)}}${LAST_CHARACTER[length % 3]}$`);
  return matching(form, `base64url of ${length} bytes`);
}

/** The last character, by how many bytes stand in the last group: its bits that belong to no byte are zero (RFC 4648 3.5). */
const LAST_CHARACTER = ['', '[AQgw]', '[AEIMQUYcgkosw048]'] as const;

export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : misfit(path, `a whole number from ${min} to ${max}`);
}

/** Any value, left as it is for another reader. Readers are given decoded JSON, so it is some. */
export const json: Reader<JsonValue> = (value) => value as JsonValue;

export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : misfit(path, 'true or false');

export function oneOf<const T extends string | number>(values: readonly T[]): Reader<T> {
  return (value, path) => values.find((each) => each === value) ?? misfit(path, `one of ${values.join(', ')}`);
}

/** A list of at most `max` entries. */
export function list<T>(read: Reader<T>, max: number, min = 0): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      misfit(path, `a list of ${min} to ${max} entries`);
    }
    return together(value.map((each: unknown, index) => () => read(each, `${path}[${index}]`)));
  };
}

/** As {@link list}, in which no two entries have one name. */
export function distinct<T>(
  read: Reader<T>,
  max: number,
  min = 0,
  nameOf: (entry: T) => unknown = (entry) => entry,
): Reader<readonly T[]> {
  const readList = list(read, max, min);
  return (value, path) => {
    const entries = readList(value, path);
    return new Set(entries.map(nameOf)).size === entries.length ? entries : misfit(path, 'entries that all differ');
  };
}

/** An object used as a table from names to values, of at most `max` members. A name is shown once it was read. */
export function table<T>(
  name: Reader<string>,
  read: Reader<T>,
  max: number,
  min = 0,
): Reader<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(membersOf(value, path));
    if (entries.length < min || entries.length > max) misfit(path, `${min} to ${max} members`);
    const steps = entries.map(
      ([key, each]) =>
        () =>
          [name(key, `${path}.*`), read(each, `${path}.${key}`)] as const,
    );
    return Object.fromEntries(together(steps));
  };
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Required<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> };
type Optional<S extends Shape> = { readonly [K in keyof S]?: ReturnType<S[K]> };
type Read<R extends Shape, O extends Shape> = Required<R> & Optional<O>;

/** An object with these members; another one is a fault, unless `open` says that unknown members are to be ignored. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
  { open = false }: { readonly open?: boolean } = {},
): Reader<Read<R, O>> {
  const readers = Object.entries({ ...required, ...optional });
  const known = new Set(readers.map(([name]) => name));
  return (value, path) => {
    const members = membersOf(value, path);
    const faults: ShapeFault[] = open ? [] : unknownIn(members, known, path);
    const read: Record<string, unknown> = {};
    for (const [name, readMember] of readers) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      try {
        if (member !== undefined) read[name] = readMember(member, `${path}.${name}`);
        else if (Object.hasOwn(required, name)) misfit(`${path}.${name}`, 'a value; the member is missing');
      } catch (error) {
        faults.push(...faultsOf(error));
      }
    }
    if (faults.length > 0) throw new ShapeError(faults);
    return read as Read<R, O>; // every member came out of the reader of its name
  };
}

function unknownIn(members: object, known: ReadonlySet<string>, path: string): ShapeFault[] {
  const unknown = Object.keys(members).filter((name) => !known.has(name));
  if (unknown.length === 0) return [];
  return [{ path, expected: `no members but ${[...known].join(', ')}`, unknown, known: [...known] }];
}

/** The members of an object, not yet read. */
export function membersOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) misfit(path, 'an object');
  return value as Readonly<Record<string, unknown>>; // an object of JSON has text keys only
}
