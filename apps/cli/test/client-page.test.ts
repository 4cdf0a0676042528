import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, it } from 'node:test';

// docs/client.md is followed as it stands: its files are written, its lines are run, in a folder and on ports of the test.

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');

/** What the page says to start, and what stands for it here: npm would first install, in a clone that others use. */
const COMMANDS: readonly (readonly [string, string])[] = [
  ['npm run -s assay -- ', 'exec "$NODE" --conditions=@assay/source apps/cli/bin/assay.js '],
  ['node_modules/.bin/node ', 'exec "$NODE" '],
];

/** In the clone, since the page's files import packages by name from there. */
function createPlace(): string {
  mkdirSync(join(ROOT, '.assay'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.assay/page-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return `.assay/${basename(folder)}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  server.close();
  await once(server, 'close');
  return address.port;
}

interface Steps {
  /** Content by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Lines to run, in order. */
  readonly lines: readonly string[];
}

/** The files that the page shows under their names, and the lines of its scripts. */
function stepsOf(page: string): Steps {
  const named = page.matchAll(/`(\.assay\/[\w./-]+)`:\n\n```\w+\n([\s\S]*?\n)```/g);
  const scripts = page.matchAll(/```sh\n([\s\S]*?)\n```/g);
  const files = new Map([...named].map(([, path = '', content = '']) => [path, content]));
  const lines = [...scripts].flatMap(([, script = '']) => script.replaceAll(/\\\n\s*/g, '').split('\n'));
  assert.equal(
    page.split('```').length - 1,
    2 * (files.size + [...page.matchAll(/```sh/g)].length),
    'no block is left out',
  );
  return { files, lines };
}

type Env = Readonly<Record<string, string>>;

function shell(line: string, env: Env) {
  const command = COMMANDS.reduce((text, [from, to]) => text.replace(from, to), line);
  const clean = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', NODE: process.execPath };
  return spawn('/bin/sh', ['-c', command], { cwd: ROOT, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs a line to its end; what it printed. */
async function run(line: string, env: Env): Promise<string> {
  const child = shell(line, env);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  assert.equal(code, 0, `${line}\n${stderr}`);
  return stdout;
}

/** Starts the server and waits until it listens; the address that operators call. */
async function serve(line: string, port: number): Promise<string> {
  const child = shell(`${line} --listen 127.0.0.1:${port} --admin-listen 127.0.0.1:0`, {});
  after(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  });
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    const talk: string[] = [];
    createInterface(child.stderr).on('line', (each) => {
      talk.push(each);
      const [url] = each.match(/(?<=operators call +)\S+/) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${talk.join('\n')}`)));
  });
}

it('docs/client.md ends with a green token, and a faulty phone is refused', async () => {
  const [place, port] = [createPlace(), await freePort()];
  const { files, lines } = stepsOf(PAGE.replaceAll('.assay/try', place).replaceAll(':8080', `:${port}`));
  for (const [path, content] of files) writeFileSync(join(ROOT, path), content);
  let env: Env = {};
  let operators = '';
  const printed: string[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^export (\w+)=(\S+)$/.exec(line) ?? [];
    if (name !== undefined) env = { ...env, [name]: value };
    else if (line.includes(' serve ')) operators = await serve(line, port);
    else printed.push(await run(line.includes('--issuer') ? `${line} --server ${operators}` : line, env));
  }
  assert.deepEqual(printed.slice(-2), [
    'green\n',
    'freerasp hooks\njail-monkey isJailBroken\nreact-native-device-info nothing\n',
  ]);
  const phone = `${place}/phone.ts`;
  const [fault] = /(?<=Add `)faults: [^`]+/.exec(PAGE) ?? [];
  writeFileSync(join(ROOT, phone), files.get(phone)?.replace("'android',", `'android', ${fault},`) ?? '');
  assert.match(await run(lines.find((line) => line.includes(phone)) ?? '', env), /kind: 'refused'/);
});
