import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFolder, start } from '../../support/assay.ts';

const CLIENTS = join(import.meta.dirname, 'clients');
const BIN = join(import.meta.dirname, '../../../bin/assay.js');

type Start = typeof start;

/** As bin/assay.js hands over to another Node: what is killed is not what runs. */
const handedOver: Start = (folder, args, { env = {} } = {}) =>
  spawn(
    '/bin/sh',
    ['-c', 'ASSAY_REEXEC=$$ "$0" "$@"; true', process.execPath, '--conditions=@assay/source', BIN, ...args],
    {
      ...{ cwd: folder, stdio: 'pipe', env: { PATH: process.env['PATH'], ...env, ASSAY_REEXEC: '1' } },
    },
  );

interface End {
  readonly name: string;
  readonly begin: Start;
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL';
  readonly exit: number | null;
}

const ENDS: readonly End[] = [
  { name: 'SIGINT', begin: start, signal: 'SIGINT', exit: 4 },
  { name: 'SIGTERM', begin: start, signal: 'SIGTERM', exit: 4 },
  { name: 'SIGHUP', begin: start, signal: 'SIGHUP', exit: null },
  { name: 'SIGKILL', begin: start, signal: 'SIGKILL', exit: null },
  { name: 'SIGKILL of what handed over', begin: handedOver, signal: 'SIGKILL', exit: null },
];
const CASES = ['N1', 'N4'];

/** Polls until it holds: ends of processes are told to nobody else. */
async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail(what);
}

/** Whether a process has these words in its command line. */
const runs = (words: string): boolean => spawnSync('ps', ['-A', '-o', 'args=']).stdout.toString().includes(words);

/** Whether the harness is there: a port that is free again may soon be somebody else's. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setTimeout(10_000, () => socket.destroy());
    socket.write('CONNECT api.assay.test:443 HTTP/1.1\r\n\r\n');
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().startsWith('HTTP/1.1 200'));
    });
    socket.on('error', () => {}).once('close', () => resolve(false));
  });

const portsOf = (proxies: string): number[] => [...proxies.matchAll(/:(\d+)$/gm)].map(([, port]) => Number(port));

describe('assay mitm run, when it is ended', { concurrency: 4, skip: process.platform === 'win32' }, () => {
  let number = 0;
  for (const { name, begin, signal, exit } of ENDS) {
    it(`leaves no process, no port and no file after ${name}`, async () => {
      number += 1;
      const folder = createFolder();
      const [tmp, started] = [join(folder, 'tmp'), join(folder, 'started')];
      mkdirSync(tmp);
      // A nap of a length that nobody else has, to be told from the sleeps of others.
      const nap = `${90_000 + process.pid}.0${number}`;
      const env = { TMPDIR: tmp, STARTED: started, NAP: nap, NODE: process.execPath, CLIENTS };
      const exec = `sh "${join(CLIENTS, 'stubborn.sh')}"`;
      const run = begin(folder, ['mitm', 'run', '--exec', exec, '--only', CASES.join(','), '--limit', '600'], { env });
      const exited = once(run, 'exit');
      const stderr = text(run.stderr);
      run.stdout.resume();
      await until(
        () => existsSync(started) && portsOf(readFileSync(started, 'utf8')).length === CASES.length,
        'the clients start',
      );
      const ports = portsOf(readFileSync(started, 'utf8'));
      assert.ok((await Promise.all(ports.map(listens))).every(Boolean));
      const [made = ''] = readdirSync(tmp);
      assert.equal(statSync(join(tmp, made)).mode & 0o777, 0o700);
      for (const file of readdirSync(join(tmp, made))) {
        assert.equal(statSync(join(tmp, made, file)).mode & 0o777, 0o600);
        assert.doesNotMatch(readFileSync(join(tmp, made, file), 'utf8'), /PRIVATE/);
      }
      run.kill(signal);
      assert.deepEqual(await exited, exit === null ? [null, signal] : [exit, null]);
      assert.doesNotMatch(await stderr, /fault in assay/);
      await until(() => !runs(`sleep ${nap}`), 'its clients end');
      await until(() => readdirSync(tmp).length === 0, 'its folder goes');
      await until(() => !runs(join(tmp, made)), 'its watchdog ends');
      assert.deepEqual(await Promise.all(ports.map(listens)), [false, false]);
    });
  }
});
