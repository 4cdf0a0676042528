import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../../src/open.ts';
import { toSqliteDdl } from '../../src/sqlite/driver.ts';

const SECOND_PROCESS = fileURLToPath(import.meta.resolve('./second-process.ts'));
const WRITES = 100;

describe('toSqliteDdl', () => {
  it('makes tables strict, with 64-bit integers', () => {
    assert.equal(toSqliteDdl('create table t (a bigint, b text)'), 'create table t (a integer, b text) strict');
    assert.equal(toSqliteDdl('create index i on t (a)'), 'create index i on t (a)');
  });
});

describe('two processes on one file', () => {
  it('write at once and lose nothing', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'assay-two-'));
    const path = join(dir, 'assay.db');
    const run = async (name: string) => {
      const args = ['--conditions=@assay/source', SECOND_PROCESS, path, name, String(WRITES)];
      const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
      return code;
    };
    assert.deepEqual(await Promise.all([run('a'), run('b')]), [0, 0]);
    const store = await openSqlite({ path });
    const seqs = [...(await store.audit('a', 0, 1000)), ...(await store.audit('b', 0, 1000))].map(({ seq }) => seq);
    assert.equal(seqs.length, 2 * WRITES);
    assert.equal((await store.registered('shared', 'setting', 'count'))?.version, 2 * WRITES);
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
});
