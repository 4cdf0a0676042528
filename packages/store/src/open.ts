import type { Store } from '@assay/core';
import type { Driver } from './driver.ts';
import { createPostgresDriver, type PostgresOptions } from './postgres/driver.ts';
import { migrate } from './schema/migrate.ts';
import { MIGRATIONS } from './schema/migrations.ts';
import { createSqliteDriver, type SqliteOptions } from './sqlite/driver.ts';
import { createStore } from './tables/index.ts';

/**
 * Opens the store in one SQLite file, makes or migrates it, and acknowledges no write before it is on disk.
 *
 * @example const store = await openSqlite({ path: 'assay.db' });
 * @throws ConfigError `store.path_invalid`, `store.file_exposed`, `store.wal_refused`, `store.schema_newer`,
 *   `store.migration_changed`; UpstreamError `store.busy`, `store.corrupt`
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  return openWith(createSqliteDriver(options));
}

/**
 * Opens the store in a PostgreSQL database that many servers may share.
 *
 * @example const store = await openPostgres({ url: 'postgres://assay@localhost/assay' });
 * @throws ConfigError `store.url_invalid`, `store.access_refused`, `store.schema_newer`,
 *   `store.migration_changed`; UpstreamError `store.unavailable`
 */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  return openWith(await createPostgresDriver(options));
}

async function openWith(driver: Driver): Promise<Store> {
  try {
    await migrate(driver, MIGRATIONS);
    return createStore(driver);
  } catch (error) {
    await driver.close();
    throw error;
  }
}
