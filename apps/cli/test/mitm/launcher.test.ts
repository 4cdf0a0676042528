import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONTROL, type LaunchOrder } from '@assay/mitm';
import { endGroup } from '../../src/mitm/groups.ts';
import { createLauncher } from '../../src/mitm/launcher.ts';
import { createFolder } from '../support/assay.ts';

const PLACE: LaunchOrder['place'] = {
  ...{ way: 'proxy', address: '127.0.0.1', port: 1, host: 'api.test', secondHost: 'second.api.test' },
  ...{ url: 'https://api.test/', secondUrl: 'https://second.api.test/', plainUrl: 'http://api.test/' },
};

function launch(command: string, signal: AbortSignal = new AbortController().signal, cwd = createFolder()) {
  const keeper = { adopt: () => {}, end: endGroup };
  const environmentOf = () => ({ PATH: process.env['PATH'], FOLDER: cwd });
  return createLauncher({ command, cwd, keeper, environmentOf })({
    case: CONTROL,
    place: PLACE,
    clockSeconds: 0,
    signal,
  });
}

/** Whether there is such a process; one that has ended, but whom nobody has asked about yet, is none. */
function lives(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`]).stdout.toString());
}

describe('launching a client', () => {
  it('keeps its status, and the end of what it says without what steers terminals', async () => {
    const exit = await launch('printf "one\\033[2J\\007two\\n"; echo three >&2; exit 7');
    assert.deepEqual([exit?.status, exit?.stdout.replace(/ +/, ' '), exit?.stderr], [7, 'one two', 'three']);
    const loud = await launch('yes 0123456789 | head -c 3000000; echo last');
    assert.equal(loud?.stdout.length, 2_000);
    assert.match(loud?.stdout ?? '', /0123456789 \d*last$/);
  });

  it('gives it no terminal to read from, and the folder of the caller', async () => {
    const exit = await launch('cat; [ "$(pwd -P)" = "$(cd "$FOLDER" && pwd -P)" ] && echo same');
    assert.equal(exit?.stdout, 'same');
  });

  it('names the signal that ended it', async () => {
    assert.equal((await launch('kill -SEGV $$'))?.status, 'SIGSEGV');
  });

  it('ends it with all that it started, whatever they heed', async () => {
    const abort = new AbortController();
    const folder = createFolder();
    const child = 'echo $$ >child; exec sleep 600';
    const launched = launch(`trap '' TERM INT; sh -c '${child}' & sleep 600`, abort.signal, folder);
    const pid = (): number => Number(existsSync(join(folder, 'child')) && readFileSync(join(folder, 'child'), 'utf8'));
    while (pid() === 0) await sleep(20);
    abort.abort();
    assert.equal((await launched)?.status, 'SIGKILL');
    while (lives(pid())) await sleep(20);
  });

  it('waits for no child that holds its output, and lets it live until the signal', async () => {
    const abort = new AbortController();
    const folder = createFolder();
    const exit = await launch('(sleep 0.5; touch late; sleep 600) & echo done', abort.signal, folder);
    assert.deepEqual([exit?.status, exit?.stdout], [0, 'done']);
    while (!existsSync(join(folder, 'late'))) await sleep(20);
    abort.abort();
  });

  it('does not start what is over already, and says what cannot be started', async () => {
    assert.equal(await launch('touch started', AbortSignal.abort()), undefined);
    await assert.rejects(launch('true', undefined, '/nowhere/at/all'), { code: 'cli.client_unstartable' });
  });
});
