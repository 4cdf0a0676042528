import type { Driver } from '../driver.ts';
import { Connection, makeDurable } from './connection.ts';
import { prepareFile } from './file.ts';
import { Writer } from './writer.ts';

export interface SqliteOptions {
  /** A file on a local disk; made with mode 600 when it is not there. */
  readonly path: string;
}

/** For readers and for opening; short enough that a wait is noticed, long enough for another process's recovery. */
const PATIENT_MS = 5000;
/** While the engine waits it blocks this thread, so the writer waits by itself, asleep. */
const IMPATIENT_MS = 5;

/**
 * One connection writes, another reads: a reader on the writer's connection would see what is not yet committed.
 *
 * @throws ConfigError `store.path_invalid`, `store.file_exposed`, `store.wal_refused`; UpstreamError `store.corrupt`
 */
export function createSqliteDriver({ path }: SqliteOptions): Driver {
  prepareFile(path);
  const writing = new Connection(path, { readOnly: false, busyTimeoutMs: PATIENT_MS });
  makeDurable(writing);
  writing.control(`pragma busy_timeout = ${IMPATIENT_MS}`);
  const committed = new Connection(path, { readOnly: true, busyTimeoutMs: PATIENT_MS });
  const writer = new Writer(writing);
  return {
    engine: 'sqlite',
    committed,
    transaction: (job) => writer.transaction(job),
    toDdl: toSqliteDdl,
    close: async () => {
      await writer.drain();
      committed.close();
      writing.close();
    },
  };
}

/** STRICT tables refuse a value of another type; they know `integer` (64 bits), not `bigint`. */
export function toSqliteDdl(statement: string): string {
  const typed = statement.replaceAll(/\bbigint\b/g, 'integer');
  return /^create table\b/.test(typed) ? `${typed} strict` : typed;
}
