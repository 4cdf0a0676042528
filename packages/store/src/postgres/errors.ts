import { AssayError, ConfigError, UpstreamError } from '@assay/core';

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
const CORRUPT = upstream('store.corrupt', 'the database reports damaged data', false);

/** PostgreSQL, appendix A: whole SQLSTATEs first, then their classes (two characters). */
const BY_STATE: Readonly<Record<string, Fault>> = {
  '23505': upstream('store.conflict', 'a row with this unique name exists already', true),
  // Two processes that create one table at the same instant.
  '42P07': upstream('store.conflict', 'a table with this name exists already', true),
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

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** A transaction that lost against another one and may simply run again: serialization failure, deadlock. */
const RERUN: readonly unknown[] = ['40001', '40P01'];

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

export function mayRunAgain(error: unknown): boolean {
  return RERUN.includes(codeOf(error));
}

/** The error in the words of this package. The engine's own text is left out: it quotes values and addresses. */
export function toPostgresError(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof AssayError || typeof code !== 'string') return error;
  if (SQLSTATE.test(code)) {
    return (BY_STATE[code] ?? BY_CLASS[code.slice(0, 2)] ?? FAILED)(`SQLSTATE ${code}`);
  }
  // What is left are the codes of sockets, name resolution, TLS and the driver's own connection states.
  return UNAVAILABLE(code);
}
