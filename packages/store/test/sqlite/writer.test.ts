import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Session } from '../../src/driver.ts';
import { Connection, makeDurable } from '../../src/sqlite/connection.ts';
import { Writer } from '../../src/sqlite/writer.ts';

describe('Writer', () => {
  let dir: string;
  let path: string;
  let connection: Connection;
  let writer: Writer;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-writer-'));
    path = join(dir, 'a.db');
    connection = new Connection(path, { readOnly: false, busyTimeoutMs: 1 });
    makeDurable(connection);
    connection.control('create table t (a integer primary key) strict');
    writer = new Writer(connection);
  });
  afterEach(() => {
    connection.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const insert = (a: number) => (session: Session) => session.execute('insert into t (a) values ($1)', [a]);
  const rows = async () => (await connection.query('select a from t order by a')).map((row) => row['a']);

  it('rolls back the job that fails, and only that', async () => {
    const oops = new Error('oops');
    const results = await Promise.allSettled([
      writer.transaction(insert(1)),
      writer.transaction(async (session) => {
        await insert(2)(session);
        throw oops;
      }),
      writer.transaction(insert(1)),
      writer.transaction(insert(3)),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.equal(results[1]?.status === 'rejected' && results[1].reason, oops);
    assert.deepEqual(await rows(), [1, 3]);
  });

  it('answers a failed job only after what it saw is committed', async () => {
    const reader = new Connection(path, { readOnly: true, busyTimeoutMs: 1 });
    const first = writer.transaction(insert(1));
    const second = writer.transaction(insert(1)).catch(() => reader.query('select a from t'));
    assert.equal(((await second) as readonly unknown[]).length, 1);
    await first;
    reader.close();
  });

  it('shows readers nothing before the commit', async () => {
    const reader = new Connection(path, { readOnly: true, busyTimeoutMs: 1 });
    await writer.transaction(async (session) => {
      await insert(1)(session);
      assert.deepEqual(await reader.query('select a from t'), []);
    });
    assert.equal((await reader.query('select a from t')).length, 1);
    reader.close();
  });

  it('rejects all jobs of a commit that fails, and goes on after it', async () => {
    connection.control('create table child (a integer references t (a) deferrable initially deferred) strict');
    const results = await Promise.allSettled([
      writer.transaction(insert(1)),
      writer.transaction((session) => session.execute('insert into child (a) values (99)')),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.deepEqual(await rows(), []);
    await writer.transaction(insert(2));
    assert.deepEqual(await rows(), [2]);
  });

  it('waits for another writer, asleep', async () => {
    const other = new Connection(path, { readOnly: false, busyTimeoutMs: 1 });
    other.control('begin immediate');
    const waiting = writer.transaction(insert(1));
    const turns = await new Promise<string>((resolve) => setTimeout(() => resolve('the loop turned'), 20));
    assert.equal(turns, 'the loop turned');
    other.control('commit');
    await waiting;
    other.close();
  });

  it('lets jobs that come one in a turn share a commit, and waits for none that does not come', async () => {
    const control = mock.method(connection, 'control');
    const commits = () => control.mock.calls.filter(({ arguments: [sql] }) => sql === 'commit').length;
    const jobs: Promise<number>[] = [];
    for (let a = 1; a <= 8; a++) {
      const next = nextTurn(); // as the queue of requests does: the next one is on its way before this one runs
      jobs.push(writer.transaction(insert(a)));
      await next;
    }
    await Promise.all(jobs);
    assert.equal(commits(), 1);
    await writer.transaction(insert(9));
    assert.equal(commits(), 2);
  });

  it('drains', async () => {
    const jobs = Array.from({ length: 600 }, (_, index) => writer.transaction(insert(index)));
    await writer.drain();
    assert.equal((await rows()).length, 600);
    await Promise.all(jobs);
    await writer.drain();
  });
});
