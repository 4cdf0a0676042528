import { RequestError, UpstreamError } from '@assay/core';

/** What may be bound: whole numbers in the safe range, well-formed text, null. Binary travels as base64url text. */
export type SqlValue = string | number | null;

/** A row as every engine returns it: column names to whole numbers, text and null. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The same values pass on every engine. Without this, `NaN` becomes NULL and a missing value binds as NULL on SQLite,
 * and PostgreSQL refuses NUL where SQLite keeps it.
 *
 * @throws RequestError `store.text_invalid`; TypeError for what only a programming fault can bind.
 */
export function checkValues(placeholders: number, values: readonly SqlValue[]): void {
  if (values.length !== placeholders) {
    throw new TypeError(`${placeholders} placeholders, ${values.length} values`);
  }
  for (const value of values) checkValue(value);
}

function checkValue(value: SqlValue): void {
  if (value === null) return;
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new RequestError('store.text_invalid', 'a text cannot be stored faithfully');
    }
    return;
  }
  if (!Number.isSafeInteger(value)) throw new TypeError(`a ${typeof value} that is no safe integer cannot be bound`);
}

/** How many placeholders `$1..$n` a statement has. @throws TypeError when a number is left out. */
export function countPlaceholders(sql: string): number {
  const numbers = new Set(Array.from(sql.matchAll(/\$(\d+)/g), (match) => Number(match[1])));
  const highest = Math.max(0, ...numbers);
  if (numbers.size !== highest || numbers.has(0)) throw new TypeError('placeholders are not $1 to $n');
  return highest;
}

const corrupt = (column: string, expected: string): UpstreamError =>
  new UpstreamError('store.corrupt', `column ${column} does not hold ${expected}`, false, { expected, found: 'other' });

/** Column readers. @throws UpstreamError `store.corrupt` when the column holds another type. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw corrupt(column, 'text');
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (!Number.isSafeInteger(value)) throw corrupt(column, 'a whole number');
  return value as number;
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

/** One word of a closed list. */
export function oneOf<const T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = text(row, column);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw corrupt(column, words.join(' | '));
  return word;
}

/** JSON that this package wrote itself; `T` is the type it was written from. */
export function json<T>(row: Row, column: string): T {
  const value = text(row, column);
  try {
    return JSON.parse(value) as T;
  } catch {
    throw corrupt(column, 'JSON');
  }
}

/** Upper bound of every page, so that no caller can make the store read without end. */
const MAX_PAGE = 1000;

/** @throws RequestError `store.limit_invalid` */
export function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new RequestError('store.limit_invalid', `a page holds 1 to ${MAX_PAGE} rows`, { found: String(limit) });
}
