import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lockFolder } from '../src/lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-lock-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const HOLDER = fileURLToPath(import.meta.resolve('./support/lock-holder.ts'));
const IN_USE = { code: 'server.data_in_use' };

/** Another process that holds the lock. */
async function holder(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--conditions=@assay/source', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  assert.equal(String(said), 'locked\n');
  return child;
}

describe('the lock of a data folder', () => {
  it('is one at a time, and free again once it was given back', () => {
    const release = lockFolder(folder);
    assert.throws(() => lockFolder(folder), IN_USE);
    release();
    lockFolder(folder)();
  });

  it('holds against another process, and a killed one leaves nothing behind', async () => {
    const child = await holder();
    const exit = once(child, 'exit');
    try {
      assert.throws(() => lockFolder(folder), IN_USE);
      assert.throws(() => lockFolder(folder), IN_USE, 'a look at it does not break it');
    } finally {
      child.kill('SIGKILL');
      await exit;
    }
    lockFolder(folder)();
  });

  it('is readable by this user alone', () => {
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'assay.lock')).mode & 0o777, 0o600);
  });
});
