import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { ConfigError } from '@assay/core';
import type { Session } from '../driver.ts';
import { checkValues, countPlaceholders, type Row, type SqlValue } from '../values.ts';
import { toSqliteError } from './errors.ts';

interface Prepared {
  readonly statement: StatementSync;
  readonly placeholders: number;
}

/**
 * One connection with its prepared statements. The only place that binds values: node:sqlite stores a missing value
 * as NULL and a JavaScript number as REAL without a word.
 */
export class Connection implements Session {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(path: string, options: { readonly readOnly: boolean; readonly busyTimeoutMs: number }) {
    this.#database = guard(
      () =>
        new DatabaseSync(path, {
          readOnly: options.readOnly,
          timeout: options.busyTimeoutMs,
          enableForeignKeyConstraints: true,
          defensive: true,
        }),
    );
  }

  /** False once SQLite has rolled the whole transaction back by itself, as after a full disk. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.#run(sql, values, (statement, bound) => statement.all(...bound));
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.#run(sql, values, (statement, bound) => Number(statement.run(...bound).changes));
  }

  /** A statement of the engine's own (`begin`, `pragma`, DDL), without values. */
  control(sql: string): void {
    guard(() => this.#database.exec(sql));
  }

  pragma(name: string): unknown {
    return guard(() => Object.values(this.#database.prepare(`pragma ${name}`).get() ?? {})[0]);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #run<T>(sql: string, values: readonly SqlValue[], step: (statement: StatementSync, bound: Bound) => T): T {
    const prepared = this.#prepare(sql);
    checkValues(prepared.placeholders, values);
    return guard(() => step(prepared.statement, values.map(bind)));
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const placeholders = countPlaceholders(sql);
    // `$1` is a name to SQLite and takes an object; `?1` is a position.
    const statement = guard(() => this.#database.prepare(sql.replaceAll(/\$(\d+)/g, '?$1')));
    const prepared = { statement, placeholders };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

type Bound = (string | bigint | null)[];

/** Whole numbers bind as BigInt, so that they stay INTEGER and integer division stays integer. */
function bind(value: SqlValue): string | bigint | null {
  return typeof value === 'number' ? BigInt(value) : value;
}

function guard<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw toSqliteError(error);
  }
}

/** Commits reach the disk before they return; readers and the one writer do not block each other. */
export function makeDurable(connection: Connection): void {
  const mode = connection.pragma('journal_mode = wal');
  if (mode !== 'wal') {
    throw new ConfigError('store.wal_refused', 'the database cannot use a write-ahead log', {
      expected: 'journal_mode wal',
      found: `journal_mode ${mode}`,
    });
  }
  connection.control('pragma synchronous = full');
  // macOS alone: without it, fsync there leaves the data in the drive's cache.
  connection.control('pragma fullfsync = 1');
}
