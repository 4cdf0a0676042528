import { join } from 'node:path';
import type { Store } from '@assay/core';
import { openPostgres, openSqlite } from '@assay/store';
import type { Config } from './config/schema.ts';
import { makeFolder } from './folder.ts';
import { lockFolder } from './lock.ts';

/** Name of the database in the data folder, where no PostgreSQL is configured. */
export const DATABASE = 'assay.db';

/**
 * Opens the store. The folder also takes the key file and the first credential, whatever the engine; with SQLite in it,
 * it belongs to one process until the store is closed.
 *
 * @throws ConfigError `server.data_in_use`, `store.*`; UpstreamError `store.*`
 */
export async function openStore(
  { databaseUrl, data }: Pick<Config, 'databaseUrl' | 'data'>,
  { sharesDataFolder = false }: { readonly sharesDataFolder?: boolean } = {},
): Promise<Store> {
  makeFolder(data, 0o700);
  if (databaseUrl !== undefined) return openPostgres({ url: databaseUrl });
  const release = sharesDataFolder ? () => {} : lockFolder(data);
  try {
    const store = await openSqlite({ path: join(data, DATABASE) });
    return { ...store, close: () => store.close().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}
