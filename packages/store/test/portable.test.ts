import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Driver } from '../src/driver.ts';
import { migrate } from '../src/schema/migrate.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { countPlaceholders } from '../src/values.ts';
import { type Database, ENGINES } from './engines.ts';
import { lintSql } from './portable.ts';
import { DDL, DML } from './statements.ts';

describe('portable SQL', () => {
  it('is what every statement is written in', () => {
    for (const sql of [...DDL, ...Object.values(DML).flatMap((table) => Object.values(table))]) {
      assert.deepEqual(lintSql(sql), [], sql);
      countPlaceholders(sql);
    }
  });

  it('is checked in every file that holds SQL', () => {
    const files = readdirSync(join(import.meta.dirname, '../src/tables')).map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual(
      files.toSorted(),
      Object.keys(DML)
        .filter((name) => name !== 'migrate')
        .toSorted(),
    );
  });

  it('changes the schema only in migrations', () => {
    for (const sql of Object.values(DML).flatMap((table) => Object.values(table))) {
      assert.doesNotMatch(sql, /\b(create|alter|drop)\b/);
    }
  });

  const refused = [
    'select 1; select 2',
    'select now()',
    'create table t (id serial)',
    'create table t (a integer)',
    'create table t (a jsonb)',
    "select a ->> 'b' from t",
    "select * from t where a ilike 'b'",
    'select * from t for update',
    'select * from t for update skip locked',
    'select pg_advisory_lock(1)',
    'select a::text from t',
    'select "a" from t',
    'insert or replace into t values (1)',
    'select * from t limit 1 offset 2',
    'select greatest(a, b) from t',
    'select * from T',
    "select '$1'",
    'select 1 -- why',
    'select * from t where a ~ $1',
  ];
  for (const sql of refused) {
    it(`refuses ${sql}`, () => {
      assert.notDeepEqual(lintSql(sql), []);
    });
  }
});

for (const engine of ENGINES) {
  describe(`${engine.name}: every statement`, { skip: engine.skip }, () => {
    let database: Database;
    let driver: Driver;
    before(async () => {
      database = await engine.createDatabase();
      driver = await database.openDriver();
      await migrate(driver, MIGRATIONS);
    });
    after(async () => {
      await driver.close();
      await database.drop();
    });

    for (const [file, statements] of Object.entries(DML)) {
      for (const [name, sql] of Object.entries(statements)) {
        it(`understands ${file}.${name}`, async () => {
          const values = Array<null>(countPlaceholders(sql)).fill(null);
          assert.ok((await driver.committed.query(`explain ${sql}`, values)).length > 0);
        });
      }
    }
  });
}
