import { AssayError, ConfigError, UpstreamError } from '@assay/core';
import postgres from 'postgres';

type Fault = (found: string) => AssayError;

const upstream =
  (code: string, message: string, retryable: boolean): Fault =>
  (found) =>
    new UpstreamError(code, message, retryable, { found });
const config =
  (code: string, message: string): Fault =>
  (found) =>
    new ConfigError(code, message, { found });

const UNAVAILABLE = upstream('store.unavailable', 'the database cannot be reached', true);
const BUSY = upstream('store.busy', 'the database has no room for this call now', true);
const FAILED = upstream('store.failed', 'the database refused a statement', false);
const REFUSED = config('store.access_refused', 'the database does not let this user in');
const EXISTS = upstream('store.conflict', 'a row or table with this unique name exists already', true);
const CORRUPT = upstream('store.corrupt', 'the database reports damaged data', false);

/** PostgreSQL, appendix A: whole SQLSTATEs first, then their classes (two characters). */
const BY_STATE: Readonly<Record<string, Fault>> = {
  '23505': EXISTS,
  // A table, and its row type: two processes that create one at the same instant meet at any of the three.
  '42P07': EXISTS,
  '42710': EXISTS,
  '25006': upstream('store.unavailable', 'the database is read-only, as after a failover', true),
  '53100': upstream('store.disk_full', 'the volume of the database is full', true),
  '3D000': config('store.access_refused', 'the database does not exist'),
  '42501': config('store.access_refused', 'the database user may not do this'),
  XX001: CORRUPT,
  XX002: CORRUPT,
};
const BY_CLASS: Readonly<Record<string, Fault>> = {
  '08': UNAVAILABLE,
  '28': REFUSED,
  '40': BUSY,
  '53': BUSY,
  '55': BUSY,
  '57': UNAVAILABLE,
};

/** A transaction that lost against another one and may simply run again: serialization failure, deadlock. */
const RERUN: readonly string[] = ['40001', '40P01'];

export function mayRunAgain(error: unknown): boolean {
  return error instanceof postgres.PostgresError && RERUN.includes(error.code);
}

/** The error in the words of this package. The engine's own text is left out: it quotes values and addresses. */
export function toPostgresError(error: unknown): unknown {
  if (error instanceof postgres.PostgresError) {
    const fault = BY_STATE[error.code] ?? BY_CLASS[error.code.slice(0, 2)] ?? FAILED;
    return fault(`SQLSTATE ${error.code}`);
  }
  return isConnectionFault(error) ? UNAVAILABLE(error.code) : error;
}

interface ConnectionFault extends Error {
  readonly code: string;
}

/** Sockets, name resolution, TLS and the driver's own connection states, by their codes; faults of ours are TypeErrors. */
function isConnectionFault(error: unknown): error is ConnectionFault {
  if (!(error instanceof Error) || error instanceof AssayError || error instanceof TypeError) return false;
  return 'code' in error && typeof error.code === 'string';
}
