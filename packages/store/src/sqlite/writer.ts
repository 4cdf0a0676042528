import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../driver.ts';
import type { Connection } from './connection.ts';
import { isBusy } from './errors.ts';

/** Pauses between attempts to become the writer, milliseconds: about five seconds in all, then `store.busy`. */
const BUSY_PAUSES_MS: readonly number[] = [1, 2, 5, 10, 20, ...Array<number>(50).fill(100)];
/** Bounds the memory and the time that one commit takes. */
const MAX_BATCH = 256;
/** After so many commits in a row the lock is left alone for a moment: SQLite has no queue between processes. */
const COMMITS_BEFORE_YIELDING = 64;
const YIELD_MS = 3;

interface Job {
  /** Runs in its savepoint and returns how to answer the caller; throws only when the whole transaction is lost. */
  run(connection: Connection): Promise<() => void>;
  reject(error: unknown): void;
}

/**
 * The one writer of this process. Jobs that wait run as savepoints of one transaction and share its sync to disk
 * (group commit); each is answered only after the commit, also when it failed, since what made it fail may be a job
 * of the same transaction.
 */
export class Writer {
  readonly #connection: Connection;
  readonly #waiting: Job[] = [];
  #working: Promise<void> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  transaction<T>(job: (session: Session) => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({ run: (connection) => inSavepoint(connection, job, resolve, reject), reject });
    this.#working ??= this.#work();
    return promise;
  }

  /** Resolves when every job that was handed in is answered. */
  async drain(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async #work(): Promise<void> {
    for (let commits = 1; this.#waiting.length > 0; commits++) {
      if (commits % COMMITS_BEFORE_YIELDING === 0) await pause(YIELD_MS);
      await this.#gather();
      await this.#commit(this.#waiting.splice(0, MAX_BATCH));
    }
    this.#working = undefined;
  }

  /**
   * As long as each turn of the event loop brings another job, they join this commit. Requests are begun one in a turn, so
   * that a single turn would find one of them; and nobody waits for a job that does not come.
   */
  async #gather(): Promise<void> {
    for (let gathered = 0; gathered < this.#waiting.length && gathered < MAX_BATCH; ) {
      gathered = this.#waiting.length;
      await nextTurn();
    }
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      await this.#begin();
      for (const job of jobs) answers.push(await job.run(this.#connection));
      this.#connection.control('commit');
    } catch (error) {
      this.#rollback();
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  async #begin(): Promise<void> {
    for (const wait of BUSY_PAUSES_MS) {
      try {
        // IMMEDIATE: a transaction that turns into a writer later fails at once when another has committed since.
        this.#connection.control('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        await pause(wait);
      }
    }
    this.#connection.control('begin immediate');
  }

  #rollback(): void {
    try {
      if (this.#connection.isInTransaction) this.#connection.control('rollback');
    } catch {
      // The jobs carry the error that led here; a connection broken for good says so again at the next begin.
    }
  }
}

async function inSavepoint<T>(
  connection: Connection,
  job: (session: Session) => Promise<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Promise<() => void> {
  connection.control('savepoint job');
  try {
    const value = await job(connection);
    connection.control('release job');
    return () => resolve(value);
  } catch (error) {
    if (!connection.isInTransaction) throw error;
    connection.control('rollback to job');
    connection.control('release job');
    return () => reject(error);
  }
}
