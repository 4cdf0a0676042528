import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrate } from '../../src/schema/migrate.ts';
import { MIGRATIONS } from '../../src/schema/migrations.ts';
import { type Row, text } from '../../src/values.ts';
import { type Engine, POSTGRES, SQLITE } from '../engines.ts';

const SQLITE_COLUMNS = `select m.name as tab, c.name as col, c."notnull" as required
  from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid`;
const POSTGRES_COLUMNS = `select table_name as tab, column_name as col,
    case is_nullable when 'NO' then 1 else 0 end as required
  from information_schema.columns where table_schema = 'public' order by table_name collate "C", ordinal_position`;
const SQLITE_TABLES = `select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%'`;

async function look(engine: Engine, sql: string): Promise<readonly Row[]> {
  const database = await engine.createDatabase();
  const driver = await database.openDriver();
  try {
    await migrate(driver, MIGRATIONS);
    return (await driver.committed.query(sql)).map((row) => ({ ...row }));
  } finally {
    await driver.close();
    await database.drop();
  }
}

describe('schema', () => {
  it('is the same on both engines: tables, columns, order, null or not', { skip: POSTGRES.skip }, async () => {
    const [sqlite, postgres] = [await look(SQLITE, SQLITE_COLUMNS), await look(POSTGRES, POSTGRES_COLUMNS)];
    assert.ok(sqlite.length > 100);
    assert.deepEqual(postgres, sqlite);
  });

  it('is strict on SQLite, and begins every key of an issuer with it', async () => {
    const tables = await look(SQLITE, SQLITE_TABLES);
    for (const table of tables) assert.match(text(table, 'sql'), / strict$/, text(table, 'name'));
    const ofIssuers = tables.filter((table) => text(table, 'sql').includes('iss text'));
    for (const table of ofIssuers) assert.match(text(table, 'sql'), /primary key \(iss, /, text(table, 'name'));
  });
});
