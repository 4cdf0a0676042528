import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Connection, makeDurable } from '../../src/sqlite/connection.ts';

describe('Connection', () => {
  let dir: string;
  let connection: Connection;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-connection-'));
    connection = new Connection(join(dir, 'a.db'), { readOnly: false, busyTimeoutMs: 10 });
    makeDurable(connection);
    connection.control('create table t (a integer, b text) strict');
  });
  after(() => {
    connection.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('syncs every commit, keeps foreign keys, and writes ahead', () => {
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'fullfsync'].map((name) =>
      connection.pragma(name),
    );
    assert.deepEqual(settings, ['wal', 2, 1, 1]);
  });

  it('keeps whole numbers whole: division is integer division', async () => {
    const [row] = await connection.query('select $1 / $2 as quotient, typeof($1) as kind', [7, 2]);
    assert.deepEqual({ ...row }, { quotient: 3, kind: 'integer' });
  });

  it('binds by number, also out of order and twice', async () => {
    const [row] = await connection.query('select $2 as b, $1 as a, $2 as c', ['one', 'two']);
    assert.deepEqual({ ...row }, { b: 'two', a: 'one', c: 'two' });
  });

  it('refuses a missing value, which SQLite would store as NULL', async () => {
    await assert.rejects(connection.execute('insert into t (a, b) values ($1, $2)', [1]), TypeError);
  });

  it('counts changed rows', async () => {
    await connection.execute('insert into t (a, b) values ($1, $2), ($1, $2)', [5, 'x']);
    assert.equal(await connection.execute('update t set b = $2 where a = $1', [5, 'y']), 2);
    assert.equal(await connection.execute('update t set b = $2 where a = $1', [6, 'y']), 0);
  });

  it('refuses a value of another type', async () => {
    await assert.rejects(connection.execute('insert into t (a) values ($1)', ['text']), { family: 'upstream' });
  });

  it('does not write when it is there to read', async () => {
    const reader = new Connection(join(dir, 'a.db'), { readOnly: true, busyTimeoutMs: 10 });
    await assert.rejects(reader.execute('delete from t'), { family: 'config', code: 'store.path_invalid' });
    reader.close();
  });
});
