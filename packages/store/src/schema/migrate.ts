import { createHash } from 'node:crypto';
import { ConfigError, UpstreamError } from '@assay/core';
import type { Driver } from '../driver.ts';
import { integer, text } from '../values.ts';
import type { Migration } from './migrations.ts';

export const MIGRATE_SQL = {
  create: `create table if not exists schema_migration (
    id bigint not null, name text not null, checksum text not null, primary key (id))`,
  applied: 'select id, name, checksum from schema_migration order by id',
  claim: 'insert into schema_migration (id, name, checksum) values ($1, $2, $3) on conflict do nothing returning id',
} as const;

/**
 * Brings the database to this program's schema. Several processes may start at once: each migration is claimed by a
 * unique row in its own transaction, so the second one waits for the first and then finds nothing to do.
 *
 * @throws ConfigError `store.migration_changed`, `store.schema_newer`; then nothing was changed.
 */
export async function migrate(driver: Driver, migrations: readonly Migration[]): Promise<void> {
  await createTable(driver);
  await compare(driver, migrations);
  for (const migration of migrations) await apply(driver, migration);
  await compare(driver, migrations);
}

const CREATE_ATTEMPTS = 5;

/** PostgreSQL: processes that create one table at the same instant may meet at the catalogue's unique keys. */
async function createTable(driver: Driver): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await driver.transaction((session) => session.execute(driver.toDdl(MIGRATE_SQL.create)));
      return;
    } catch (error) {
      const isRace = error instanceof UpstreamError && error.code === 'store.conflict';
      if (!isRace || attempt === CREATE_ATTEMPTS) throw error;
    }
  }
}

function apply(driver: Driver, migration: Migration): Promise<void> {
  return driver.transaction(async (session) => {
    const { id, name } = migration;
    const claimed = await session.query(MIGRATE_SQL.claim, [id, name, checksum(migration)]);
    if (claimed.length === 0) return;
    for (const statement of migration.statements) await session.execute(driver.toDdl(statement));
  });
}

async function compare(driver: Driver, migrations: readonly Migration[]): Promise<void> {
  for (const row of await driver.committed.query(MIGRATE_SQL.applied)) {
    const id = integer(row, 'id');
    const known = migrations.find((migration) => migration.id === id);
    if (known === undefined) throw newer(id, text(row, 'name'), migrations.length);
    if (checksum(known) !== text(row, 'checksum')) throw changed(known);
  }
}

/** Over the portable text, so that both engines agree; white space does not count. */
export function checksum({ name, statements }: Migration): string {
  const content = [name, ...statements].map((statement) => statement.replaceAll(/\s+/g, ' '));
  return createHash('sha256').update(content.join(';\n')).digest('hex');
}

function newer(id: number, name: string, newest: number): ConfigError {
  return new ConfigError('store.schema_newer', 'a newer program version has changed this database', {
    expected: `migrations up to ${newest}`,
    found: `migration ${id} (${name})`,
    hint: 'run that version or a later one; a database is never migrated backwards',
  });
}

function changed({ id, name }: Migration): ConfigError {
  return new ConfigError('store.migration_changed', 'a migration that ran differs from the one in this program', {
    found: `migration ${id} (${name})`,
    hint: 'run the program version that made this database',
  });
}
