import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@assay/core';
import { openPostgres, openSqlite } from '@assay/store';
import postgres from 'postgres';
import { testPostgres } from '../../../tools/postgres/testing.ts';
import type { Driver } from '../src/driver.ts';
import { createPostgresDriver } from '../src/postgres/driver.ts';
import { createSqliteDriver } from '../src/sqlite/driver.ts';

/** A database of a test's own. */
export interface Database {
  open(): Promise<Store>;
  /** The engine without a schema, for tests of what lies beneath the store. */
  openDriver(): Promise<Driver>;
  drop(): Promise<void>;
}

export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Why it cannot run here. */
  readonly skip: string | false;
  createDatabase(): Promise<Database>;
}

export const SQLITE: Engine = {
  name: 'sqlite',
  skip: false,
  createDatabase: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'assay-store-'));
    const path = join(dir, 'assay.db');
    return {
      open: () => openSqlite({ path }),
      openDriver: async () => createSqliteDriver({ path }),
      drop: async () => rmSync(dir, { recursive: true, force: true }),
    };
  },
};

const server = testPostgres();
let databases = 0;

export const POSTGRES: Engine = {
  name: 'postgres',
  skip: server === undefined ? 'no PostgreSQL: run by `npm test`' : false,
  createDatabase: async () => {
    if (server === undefined) throw new Error('skipped engines make no database');
    const { template, ...at } = server;
    databases += 1;
    const database = `store_${process.pid}_${databases}`;
    const admin = postgres({ ...at, database: 'postgres', max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${database} template ${template}`);
    const connection = { ...at, database };
    return {
      open: () => openPostgres({ connection }),
      openDriver: () => createPostgresDriver({ connection }),
      drop: async () => {
        await admin.unsafe(`drop database ${database} with (force)`);
        await admin.end();
      },
    };
  },
};

export const ENGINES: readonly Engine[] = [SQLITE, POSTGRES];
