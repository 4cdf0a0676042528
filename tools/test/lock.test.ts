import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { withLock } from '../bootstrap/lock.mjs';

describe('install lock', () => {
  let dir = '';
  let path = '';
  let said: string[] = [];
  const say = (text: string): void => void said.push(text);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-lock-'));
    path = join(dir, 'lock');
    said = [];
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('holds our pid during the work and is gone afterwards', async () => {
    const seen = await withLock(path, say, async () => readFileSync(path, 'utf8'));
    assert.equal(seen, String(process.pid));
    assert.equal(existsSync(path), false);
  });

  it('is released when the work fails', async () => {
    await assert.rejects(
      withLock(path, say, async () => assert.fail('work')),
      { message: 'work' },
    );
    assert.equal(existsSync(path), false);
  });

  it('takes over from an owner that has died', async () => {
    writeFileSync(path, String(await deadPid()));
    assert.equal(await withLock(path, say, async () => 'done'), 'done');
    assert.deepEqual(said, []);
  });

  it('waits for an owner that lives, and says so once', async () => {
    const order: string[] = [];
    const first = withLock(path, say, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push('first');
    });
    const second = withLock(path, say, async () => void order.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first', 'second']);
    assert.deepEqual(said, [`another install is running (pid ${process.pid}); waiting for it`]);
  });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  assert.ok(child.pid);
  return child.pid;
}
