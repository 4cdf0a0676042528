import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '@assay/core';

const NAME = 'assay.lock';
const BUSY = 5;
/** A handle that nobody refers to is collected, and its lock would end with it in the middle of a run. */
const HELD = new Set<DatabaseSync>();

/**
 * Takes a data folder for this process alone, and returns what gives it back. The lock is the operating system's, by way
 * of an empty SQLite file: it ends with the process, however that ends, so nothing stale is ever left behind, and a
 * process number that another container knows by another name says nothing here.
 *
 * @throws ConfigError `server.data_in_use`
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, NAME);
  // Only where it is missing: closing a second handle of this process would drop the lock that the first one holds.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) throw inUse(folder);
    throw error;
  }
  HELD.add(database);
  return () => {
    HELD.delete(database);
    database.close();
  };
}

function inUse(folder: string): ConfigError {
  return new ConfigError('server.data_in_use', `another process is using the data folder ${folder}`, {
    expected: 'one process for each folder with a SQLite database',
    found: `${join(folder, NAME)} is locked`,
    hint: 'stop the other server first, or give this one a folder of its own; several servers share a PostgreSQL database',
  });
}
