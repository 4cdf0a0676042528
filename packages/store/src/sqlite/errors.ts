import { AssayError, ConfigError, UpstreamError } from '@assay/core';

/** https://www.sqlite.org/rescode.html: primary result codes, and what they mean to a caller. */
const FAULTS: Readonly<Record<number, readonly [code: string, message: string, retryable: boolean]>> = {
  5: ['store.busy', 'another writer holds the database', true],
  6: ['store.busy', 'another writer holds the database', true],
  10: ['store.unavailable', 'reading or writing the database file failed', true],
  11: ['store.corrupt', 'the database file is damaged', false],
  13: ['store.disk_full', 'the volume of the database is full', true],
  19: ['store.conflict', 'a row with this unique name exists already', true],
  26: ['store.corrupt', 'the file is not a database', false],
};
const READ_ONLY = 8;
const CANNOT_OPEN = 14;

interface SqliteFault extends Error {
  readonly errcode: number;
}

function isSqliteFault(error: unknown): error is SqliteFault {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** The error in the words of this package. The engine's own text is left out: it may quote values. */
export function toSqliteError(error: unknown): unknown {
  if (error instanceof AssayError || !isSqliteFault(error)) return error;
  const primary = error.errcode & 0xff;
  const detail = { found: `SQLite ${error.errcode}` };
  if (primary === READ_ONLY || primary === CANNOT_OPEN) {
    return new ConfigError('store.path_invalid', 'the database file cannot be opened for writing', detail);
  }
  const [code, message, retryable] = FAULTS[primary] ?? ['store.failed', 'the database refused a statement', false];
  return new UpstreamError(code, message, retryable, detail);
}

export function isBusy(error: unknown): boolean {
  return error instanceof UpstreamError && error.code === 'store.busy';
}
