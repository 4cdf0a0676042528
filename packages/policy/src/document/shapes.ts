import { flag, list, matching, misfit, object, type Reader, table, together } from '@assay/formats/shape';
import { perhaps } from '../perhaps.ts';

/** JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [member: string]: unknown };

/** How a part of a document is read, and the same as a schema for editors: one cannot change without the other. */
export interface Shape<T> {
  readonly read: Reader<T>;
  readonly schema: JsonSchema;
}

type Members = Readonly<Record<string, Shape<unknown>>>;
type Required<M extends Members> = { readonly [K in keyof M]: ReturnType<M[K]['read']> };
type Optional<M extends Members> = { readonly [K in keyof M]?: ReturnType<M[K]['read']> };

export function text(pattern: RegExp, expected: string): Shape<string> {
  return {
    read: matching(pattern, expected),
    schema: { type: 'string', pattern: pattern.source, description: expected },
  };
}

export function choice<const T extends string>(values: readonly T[]): Shape<T> {
  return {
    read: (value, path) =>
      values.find((each) => each === value) ?? misfit(path, `${perhaps(value, values)}one of ${values.join(', ')}`),
    schema: { enum: values },
  };
}

export const bool: Shape<boolean> = { read: flag, schema: { type: 'boolean' } };

export function listOf<T>(entry: Shape<T>, max: number, min = 0): Shape<readonly T[]> {
  return {
    read: list(entry.read, max, min),
    schema: { type: 'array', items: entry.schema, minItems: min, maxItems: max },
  };
}

/** A list in which no two entries have one name. */
export function namedOf<K extends string, T extends Readonly<Record<K, string>>>(
  entry: Shape<T>,
  name: K,
  max: number,
  min = 0,
): Shape<readonly T[]> {
  const entries = listOf(entry, max, min);
  return turned(entries, (read, path) => {
    const names = read.map((each) => each[name]);
    const twins = names.flatMap((each, at) => (names.indexOf(each) === at ? [] : [at]));
    together(twins.map((at) => () => misfit(`${path}[${at}].${name}`, 'a name that no other entry has')));
    return read;
  });
}

export function tableOf<T>(name: Shape<string>, entry: Shape<T>, max: number): Shape<Readonly<Record<string, T>>> {
  return {
    read: table(name.read, entry.read, max),
    schema: { type: 'object', propertyNames: name.schema, additionalProperties: entry.schema, maxProperties: max },
  };
}

const NO_MEMBERS = {};

export function objectOf<R extends Members, O extends Members = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Required<R> & Optional<O>> {
  const all = { ...required, ...(optional ?? NO_MEMBERS) };
  return {
    read: object(readersOf(required), readersOf(optional ?? NO_MEMBERS)) as Reader<Required<R> & Optional<O>>, // by the same names
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(all).map(([name, { schema }]) => [name, schema])),
      required: Object.keys(required),
      additionalProperties: false,
    },
  };
}

const readersOf = (members: Members): Record<string, Reader<unknown>> =>
  Object.fromEntries(Object.entries(members).map(([name, { read }]) => [name, read]));

/** The same shape, said what it is for. */
export function about<T>(shape: Shape<T>, description: string): Shape<T> {
  return { ...shape, schema: { ...shape.schema, description } };
}

/** Another reading of what a shape reads. */
export function turned<T, U>(shape: Shape<T>, turn: (value: T, path: string) => U): Shape<U> {
  return { ...shape, read: (value, path) => turn(shape.read(value, path), path) };
}

export { misfit };
