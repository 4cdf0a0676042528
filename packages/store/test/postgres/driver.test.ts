import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Driver } from '../../src/driver.ts';
import { openPostgres } from '../../src/open.ts';
import { toPostgresDdl } from '../../src/postgres/driver.ts';
import { integer } from '../../src/values.ts';
import { type Database, POSTGRES } from '../engines.ts';

const LOSE = "do $$ begin raise exception using errcode = '40001'; end $$";

describe('toPostgresDdl', () => {
  it('sorts text by bytes', () => {
    assert.equal(toPostgresDdl('create table t (a text, b bigint)'), 'create table t (a text collate "C", b bigint)');
  });
});

describe('createPostgresDriver', { skip: POSTGRES.skip }, () => {
  let database: Database;
  let driver: Driver;
  before(async () => {
    database = await POSTGRES.createDatabase();
    driver = await database.openDriver();
  });
  after(async () => {
    await driver.close();
    await database.drop();
  });
  const first = async (sql: string) => (await driver.committed.query(sql))[0] ?? {};

  it('asks for the disk where the server would not', async () => {
    assert.deepEqual({ ...(await first('show synchronous_commit')) }, { synchronous_commit: 'on' });
  });

  it('runs at READ COMMITTED', async () => {
    const [row] = await driver.transaction((session) => session.query('show transaction_isolation'));
    assert.deepEqual({ ...row }, { transaction_isolation: 'read committed' });
  });

  it('reads 64-bit integers as numbers, and never an inexact one', async () => {
    assert.equal(integer(await first('select cast(9007199254740991 as bigint) as n'), 'n'), 9_007_199_254_740_991);
    const inexact = await first('select cast(9007199254740993 as bigint) as n');
    assert.throws(() => integer(inexact, 'n'), { code: 'store.corrupt' });
  });

  it('runs a transaction again that lost against another', async () => {
    let runs = 0;
    const job = driver.transaction(async (session) => {
      runs += 1;
      if (runs < 3) await session.query(LOSE);
      return 'won';
    });
    assert.equal(await job, 'won');
    assert.equal(runs, 3);
  });

  it('gives up after some losses', async () => {
    const job = driver.transaction((session) => session.query(LOSE));
    await assert.rejects(job, { code: 'store.busy', retryable: true });
  });

  it('rolls back what a job throws at, and hands the error on', async () => {
    const oops = new Error('oops');
    const job = driver.transaction(async (session) => {
      await session.execute('create table gone (a bigint)');
      throw oops;
    });
    await assert.rejects(job, oops);
    await assert.rejects(driver.committed.query('select * from gone'), { code: 'store.failed' });
  });
});

describe('openPostgres', () => {
  it('reports a server that is not there, without its password', async () => {
    const url = 'postgres://ann:hunter2@127.0.0.1:1/assay';
    await assert.rejects(openPostgres({ url }), (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error);
      assert.equal(error.code, 'store.unavailable');
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /hunter2|127\.0\.0\.1/);
      return true;
    });
  });
});
