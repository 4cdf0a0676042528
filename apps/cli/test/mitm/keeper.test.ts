import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { endGroup, endMarked } from '../../src/mitm/groups.ts';
import { openKeeper } from '../../src/mitm/keeper.ts';

const napping = (env: Record<string, string> = {}) =>
  spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'] ?? '', ...env } });

/** Processes that carry the mark and have not ended. */
const alive = (mark: string): readonly string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });

describe('the keeper of a run', () => {
  it('has a folder for this user alone, and removes it with what is in it', async () => {
    const keeper = openKeeper('assay-0123456789abcdef');
    const path = keeper.write('authority.pem', 'text');
    assert.deepEqual([statSync(keeper.folder).mode & 0o777, statSync(path).mode & 0o777], [0o700, 0o600]);
    await keeper.close();
    assert.ok(!existsSync(keeper.folder));
  });

  it('says that there is no room for its files', async () => {
    const keeper = openKeeper('assay-0123456789abcdef');
    try {
      assert.throws(() => keeper.write('no-such-folder/authority.pem', 'text'), { code: 'cli.file_unwritable' });
    } finally {
      await keeper.close();
    }
  });

  it('says that there is no room for its folder, and leaves nobody waiting', async () => {
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = '/dev/null/nowhere';
    try {
      assert.throws(() => openKeeper('assay-0123456789abcdef'), { code: 'cli.file_unwritable' });
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    const waits = (): boolean => spawnSync('ps', ['-A', '-o', 'args=']).stdout.toString().includes('/dev/null/nowhere');
    while (waits()) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('ends groups when told, and those that are left at its own end', async () => {
    const keeper = openKeeper('assay-0123456789abcdef');
    const [first, second] = [napping(), napping()];
    for (const { pid } of [first, second]) keeper.adopt(pid ?? 0);
    const ended = once(first, 'exit');
    keeper.end(first.pid ?? 0);
    assert.deepEqual(await ended, [null, 'SIGKILL']);
    assert.equal(second.exitCode, null);
    const last = once(second, 'exit');
    await keeper.close();
    assert.deepEqual(await last, [null, 'SIGKILL']);
  });
});

describe('ending processes', () => {
  it('finds those that carry the mark, and no others', { skip: process.platform !== 'linux' }, async () => {
    const mark = `assay-${process.pid.toString(16).padStart(16, '0')}`;
    const [marked, other] = [napping({ ASSAY_URL: `https://api.test/${mark}/P1` }), napping()];
    const ended = once(marked, 'exit');
    endMarked(mark);
    assert.deepEqual(await ended, [null, 'SIGKILL']);
    assert.equal(other.exitCode, null);
    other.kill('SIGKILL');
  });

  it('is not outrun by one that starts another all the time', { skip: process.platform !== 'linux' }, async () => {
    const mark = `assay-${(process.pid + 1).toString(16).padStart(16, '0')}`;
    // Each leaves its group, starts the next and ends: a process that is looked for is another by then.
    const relay = 'export LEFT=$((LEFT - 1)); [ $LEFT = 0 ] || setsid sh -c "$RELAY" & sleep 0.01';
    const env = {
      ASSAY_URL: `https://api.test/${mark}/P1`,
      RELAY: relay,
      LEFT: '2000',
      PATH: process.env['PATH'] ?? '',
    };
    const first = spawn('sh', ['-c', relay], { stdio: 'ignore', env });
    await once(first, 'exit');
    endMarked(mark);
    assert.deepEqual(alive(mark), []);
  });

  it('never means our own group, nor everybody', () => {
    for (const group of [0, 1, -1]) assert.doesNotThrow(() => endGroup(group));
    for (const mark of ['', 'a', '=', '/']) assert.doesNotThrow(() => endMarked(mark));
  });
});
