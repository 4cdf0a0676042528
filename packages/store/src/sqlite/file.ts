import { closeSync, openSync, statSync } from 'node:fs';
import { ConfigError } from '@assay/core';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * Makes the database file if it is not there, readable by its owner alone, before SQLite could make it by the umask.
 * SQLite gives the -wal and -shm files the same mode.
 *
 * @throws ConfigError `store.path_invalid`, `store.file_exposed`
 */
export function prepareFile(path: string): void {
  if (path === '' || path.startsWith(':') || path.startsWith('file:')) {
    throw invalid('a path in the file system', 'an in-memory name or a URI');
  }
  createIfAbsent(path);
  const stat = statSync(path);
  if (!stat.isFile()) throw invalid('a regular file', 'something else');
  // Windows has no such bits: the folder's access list protects the file there.
  if (process.platform !== 'win32' && (stat.mode & OTHERS) !== 0) throw exposed(stat.mode);
}

function createIfAbsent(path: string): void {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY));
  } catch (error) {
    if (errno(error) !== 'EEXIST') throw invalid('a writable file in an existing folder', errno(error));
  }
}

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function invalid(expected: string, found: string): ConfigError {
  return new ConfigError('store.path_invalid', 'the database path cannot be used', { expected, found });
}

function exposed(mode: number): ConfigError {
  return new ConfigError('store.file_exposed', 'the database is open to other users of this machine', {
    expected: 'mode 600',
    found: `mode ${(mode & 0o777).toString(8)}`,
    hint: 'chmod 600 the file, and treat what it held as read by others',
  });
}
