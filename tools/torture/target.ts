import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '@assay/core';
import { openPostgres, openSqlite, type PostgresConnection } from '@assay/store';
import { startPostgres } from '../postgres/start.ts';

/** Where a store is, in a form that travels to the writer's process. */
export type Address =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly connection: PostgresConnection };

export function open(address: Address): Promise<Store> {
  return address.engine === 'sqlite' ? openSqlite(address) : openPostgres(address);
}

/** A durable store that may be treated badly. */
export interface Target {
  readonly address: Address;
  /** Kills the engine where it is a process of its own. */
  readonly crash?: () => Promise<void>;
  /** Starts the engine again after `crash`. */
  recover(): Promise<void>;
  /** What the engine's own check of its files says; `ok` when it finds nothing. */
  integrity(): string;
  dispose(): Promise<void>;
}

export const TARGETS: Readonly<Record<Address['engine'], () => Promise<Target>>> = {
  sqlite: createSqliteTarget,
  postgres: createPostgresTarget,
};

async function createSqliteTarget(): Promise<Target> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-torture-'));
  const path = join(dir, 'assay.db');
  return {
    address: { engine: 'sqlite', path },
    recover: async () => {},
    integrity: () => checkSqlite(path),
    dispose: () => rm(dir, { recursive: true, force: true }),
  };
}

function checkSqlite(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const [first] = database.prepare('pragma integrity_check').all();
    const strays = database.prepare('pragma foreign_key_check').all().length;
    return strays === 0 ? String(first?.['integrity_check']) : `${strays} rows without their parent`;
  } finally {
    database.close();
  }
}

async function createPostgresTarget(): Promise<Target> {
  const server = await startPostgres({ durable: true });
  const { host, port, user } = server.connection;
  return {
    address: { engine: 'postgres', connection: { host, port, user, database: 'postgres' } },
    crash: () => server.kill(),
    recover: () => retry(() => server.restart()),
    // initdb turns page checksums on, so reading every row is the engine's own check.
    integrity: () => 'ok',
    dispose: () => server.stop(),
  };
}

const ATTEMPTS = 40;
const PAUSE_MS = 100;

/** Processes of the killed server live on for a moment, and hold the data folder. */
async function retry(start: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(PAUSE_MS);
    }
  }
}
