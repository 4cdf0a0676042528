import { RequestError } from '@assay/core';
import type { JsonValue } from '@assay/formats';
import type { PinsCode } from './reasons.ts';

/** Reads one JSON value found at `path`; throws RequestError `pins.document_malformed`, naming the path. */
export type Reader<T> = (value: JsonValue | undefined, path: string) => T;

export function refused(code: PinsCode, message: string, expected?: string, found?: string): RequestError {
  return new RequestError(code, message, { expected, found });
}

export function malformed(path: string, expected: string): never {
  throw refused('pins.document_malformed', `${path} is not ${expected}`, expected, path);
}

export const text =
  (pattern: RegExp, expected: string): Reader<string> =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? value : malformed(path, expected);

export const whole =
  (min: number, max: number): Reader<number> =>
  (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : malformed(path, `a whole number from ${min} to ${max}`);

export function oneOf<const T extends JsonValue>(...values: readonly T[]): Reader<T> {
  return (value, path) => values.find((each) => each === value) ?? malformed(path, `one of ${values.join(', ')}`);
}

export const boolean: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : malformed(path, 'true or false');

/** A list of 1 to `max` entries, no two with the same key. */
export function listOf<T>(read: Reader<T>, max: number, keyOf: (entry: T) => string): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > max)
      malformed(path, `a list of 1 to ${max} entries`);
    const entries = value.map((each: JsonValue, index) => read(each, `${path}[${index}]`));
    if (new Set(entries.map(keyOf)).size !== entries.length) malformed(path, 'a list of different entries');
    return entries;
  };
}

/** An object of 1 to `max` members with any names of this pattern. */
export function mapOf<T>(name: RegExp, read: Reader<T>, max: number): Reader<ReadonlyMap<string, T>> {
  return (value, path) => {
    const entries = Object.entries(membersOf(value, path));
    if (entries.length === 0 || entries.length > max) malformed(path, `an object of 1 to ${max} members`);
    if (entries.some(([each]) => !name.test(each))) malformed(path, `an object with names like ${name.source}`);
    return new Map(entries.map(([each, member]) => [each, read(member, `${path}.${each}`)]));
  };
}

/** An object with these members, `optional` ones or not, and no other. */
export function exactly(
  value: JsonValue | undefined,
  path: string,
  names: readonly string[],
  optional: readonly string[] = [],
): Members {
  const members = membersOf(value, path);
  const unknown = Object.keys(members).find((name) => !names.includes(name) && !optional.includes(name));
  if (unknown !== undefined) malformed(path, `an object without ${unknown}`);
  const missing = names.find((name) => !Object.hasOwn(members, name));
  if (missing !== undefined) malformed(path, `an object with ${missing}`);
  return members;
}

export type Members = { readonly [name: string]: JsonValue };

function membersOf(value: JsonValue | undefined, path: string): Members {
  if (typeof value !== 'object' || value === null || isArray(value)) return malformed(path, 'an object');
  return value;
}

/** `Array.isArray` that narrows readonly arrays. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
