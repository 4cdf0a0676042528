import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openSqlite } from '../../src/open.ts';
import { prepareFile } from '../../src/sqlite/file.ts';

const POSIX = process.platform === 'win32' ? 'Windows has no mode bits' : false;
const INVALID = { family: 'config', code: 'store.path_invalid' };

describe('prepareFile', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-file-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const mode = (path: string) => statSync(path).mode & 0o777;

  it('makes a file for its owner alone, and SQLite makes its companions alike', { skip: POSIX }, async () => {
    const path = join(dir, 'a.db');
    const store = await openSqlite({ path });
    for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(mode(file), 0o600);
    await store.close();
  });

  it('refuses a file that others may read or write', { skip: POSIX }, () => {
    const path = join(dir, 'a.db');
    writeFileSync(path, '');
    for (const open of [0o644, 0o640, 0o606, 0o610]) {
      chmodSync(path, open);
      assert.throws(() => prepareFile(path), { family: 'config', code: 'store.file_exposed' });
      assert.equal(mode(path), open, 'the operator closes it, and knows that it was open');
    }
    chmodSync(path, 0o600);
    prepareFile(path);
  });

  it('refuses what is no file of its own', () => {
    mkdirSync(join(dir, 'folder'));
    for (const path of ['', ':memory:', 'file:a.db?mode=memory', join(dir, 'folder'), join(dir, 'absent/a.db')]) {
      assert.throws(() => prepareFile(path), INVALID, path);
    }
  });

  it('refuses a file that is no database', async () => {
    const path = join(dir, 'a.db');
    writeFileSync(path, 'not a database, though long enough to have a header '.repeat(100), { mode: 0o600 });
    await assert.rejects(openSqlite({ path }), { family: 'upstream', code: 'store.corrupt', retryable: false });
  });
});
