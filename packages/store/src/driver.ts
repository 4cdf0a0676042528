import type { Row, SqlValue } from './values.ts';

/** Runs portable SQL with `$1..$n`. Everything above this interface is the same on every engine. */
export interface Session {
  /** The rows of a query, or those that a write `returning` names. */
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** How many rows a write changed. */
  execute(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

/**
 * One engine. Errors of the engine arrive as UpstreamError or ConfigError with a `store.*` code; what a job throws
 * itself arrives unchanged.
 */
export interface Driver {
  readonly engine: 'sqlite' | 'postgres';
  /** Sees what is committed, and nothing else. Only for reading. */
  readonly committed: Session;
  /**
   * Runs the job in one transaction and resolves once its commit is durable. When the job throws, nothing of it stays,
   * and the rejection comes after everything that the job saw is itself committed.
   * A job may run more than once and awaits nothing but its session.
   */
  transaction<T>(job: (session: Session) => Promise<T>): Promise<T>;
  /** One portable `create` statement in the engine's own words. */
  toDdl(statement: string): string;
  close(): Promise<void>;
}

/** One conditional write in its own transaction; true when it changed its row. */
export function changesOne({ transaction }: Driver, sql: string, values: readonly SqlValue[]): Promise<boolean> {
  return transaction(async (session) => (await session.execute(sql, values)) === 1);
}
