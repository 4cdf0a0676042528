import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { main } from '../../src/main.ts';

const BIN = join(import.meta.dirname, '../../bin/assay.js');
/** What a shell around the tests may have set, and what would change an outcome. */
const CLEAN = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' };

export interface Transcript {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export interface InProcessOptions extends RunOptions {
  /** Where paths of the command line begin, for commands that ask the world and not the process. */
  readonly cwd?: string;
}

/** A folder of its own for one suite, with these files; removed afterwards. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Starts the real process in a folder. */
export function start(folder: string, args: readonly string[], { env = {} }: RunOptions = {}) {
  return spawn(process.execPath, ['--conditions=@assay/source', BIN, ...args], {
    cwd: folder,
    env: { ...CLEAN, ...env },
    stdio: 'pipe',
  });
}

/** Runs the real process to its end. */
export async function assay(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Transcript> {
  const child = start(folder, args, options);
  const exit = once(child, 'exit');
  child.stdin.on('error', () => {}); // a command that reads no stdin may have ended before
  child.stdin.end(options.stdin ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  return { code, stdout, stderr };
}

/** Runs a command line inside this process, for rows of refusals. Files need whole paths: the folder is the test's. */
export async function inProcess(
  args: readonly string[],
  { stdin = '', env = {}, cwd = tmpdir() }: InProcessOptions = {},
): Promise<Transcript> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      written[name] += text;
    },
  });
  const code = await main(args, {
    ...{ stdout: stream('stdout'), stderr: stream('stderr'), stdin: Readable.from([stdin]) },
    ...{ env, cwd, now: Date.now, signal: new AbortController().signal, onHangup: () => {} },
  });
  return { code, ...written };
}
