import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Driver } from '../../src/driver.ts';
import { checksum, migrate } from '../../src/schema/migrate.ts';
import { MIGRATIONS, type Migration } from '../../src/schema/migrations.ts';
import { type Database, ENGINES } from '../engines.ts';

const FIRST: Migration = { id: 1, name: 'first', statements: ['create table one (a text not null)'] };
const SECOND: Migration = { id: 2, name: 'second', statements: ['create table two (a bigint not null)'] };
const COUNT = 'select count(*) as n from schema_migration';

for (const engine of ENGINES) {
  describe(`${engine.name}: migrate`, { skip: engine.skip }, () => {
    let database: Database;
    let driver: Driver;
    beforeEach(async () => {
      database = await engine.createDatabase();
      driver = await database.openDriver();
    });
    afterEach(async () => {
      await driver.close();
      await database.drop();
    });

    it('runs what is new, once', async () => {
      await migrate(driver, [FIRST]);
      await migrate(driver, [FIRST, SECOND]);
      await migrate(driver, [FIRST, SECOND]);
      await driver.transaction((session) => session.execute('insert into two (a) values ($1)', [1]));
      assert.deepEqual({ ...(await driver.committed.query(COUNT))[0] }, { n: 2 });
    });

    it('refuses a migration that was changed after it ran, and changes nothing', async () => {
      await migrate(driver, [FIRST]);
      const edited = { ...FIRST, statements: ['create table one (b text not null)'] };
      const refused = { family: 'config', code: 'store.migration_changed' };
      await assert.rejects(migrate(driver, [edited, SECOND]), refused);
      await assert.rejects(driver.committed.query('select a from two'));
    });

    it('refuses a database that a newer program has changed', async () => {
      await migrate(driver, [FIRST, SECOND]);
      await assert.rejects(migrate(driver, [FIRST]), { family: 'config', code: 'store.schema_newer' });
    });

    it('leaves nothing of a migration that fails', async () => {
      const broken = { ...SECOND, statements: [...SECOND.statements, 'create table one (a text not null)'] };
      await migrate(driver, [FIRST]);
      await assert.rejects(migrate(driver, [FIRST, broken]));
      await assert.rejects(driver.committed.query('select a from two'));
      await migrate(driver, [FIRST, SECOND]);
    });

    it('lets several processes start at once', async () => {
      const others = await Promise.all(Array.from({ length: 4 }, () => database.openDriver()));
      await Promise.all([driver, ...others].map((one) => migrate(one, [FIRST, SECOND])));
      assert.deepEqual({ ...(await driver.committed.query(COUNT))[0] }, { n: 2 });
      await Promise.all(others.map((one) => one.close()));
    });
  });
}

describe('migrations', () => {
  it('count up from 1', () => {
    assert.deepEqual(
      MIGRATIONS.map(({ id }) => id),
      MIGRATIONS.map((_, index) => index + 1),
    );
  });

  it('are never edited once released', () => {
    assert.deepEqual(MIGRATIONS.map(checksum), [
      'dd235aa3706f1756736683fcda70755704922d26118baaf5312adc602016b69f',
      '2c2b43775dcae6863eeb80c654da91579e88886a19417e6abab66e7f5bbc135c',
      '8c7475e2a9c84be191b6ab394d4a9eac75e2c10b13e478008ad0efb56a922544',
    ]);
  });

  it('have a checksum over words, not white space', () => {
    assert.equal(checksum({ ...FIRST, statements: ['create  table one\n (a text not null)'] }), checksum(FIRST));
    assert.notEqual(checksum({ ...FIRST, name: 'other' }), checksum(FIRST));
  });
});
