import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ClientExit, Launch, LaunchOrder } from '@assay/mitm';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';
import type { Keeper } from './keeper.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface LauncherOptions {
  /** For `sh -c`. */
  readonly command: string;
  readonly cwd: string;
  readonly environmentOf: (order: LaunchOrder) => Environment;
  readonly keeper: Pick<Keeper, 'adopt' | 'end'>;
}

/** What is kept of each stream while the client runs, and what of it is shown. */
const KEPT_BYTES = 16_384;
const SHOWN = 2_000;
/** Pipes that a child of the client still holds say nothing more about the client. */
const LINGER_MS = 100;

/** Runs the command in a process group of its own, which is killed when the order's signal says so. */
export function createLauncher(options: LauncherOptions): Launch {
  return async (order) => {
    if (order.signal.aborted) return undefined;
    const startedAt = performance.now();
    const child = started(options, order);
    const output = { stdout: tailOf(child.stdout), stderr: tailOf(child.stderr) };
    const status = await ended(child, order.signal, options.keeper);
    return { ...read(output), status, milliseconds: Math.round(performance.now() - startedAt) };
  };
}

function started({ command, cwd, environmentOf }: LauncherOptions, order: LaunchOrder) {
  return spawn('/bin/sh', ['-c', command], {
    ...{ cwd, env: environmentOf(order), detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  });
}

/** Its status or signal. Whatever it leaves behind lives until the signal is aborted. */
function ended(child: ChildProcess, signal: AbortSignal, keeper: LauncherOptions['keeper']): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(fault('cli.client_unstartable', { found: plain(error.message) }, error)));
    const { pid } = child;
    if (pid === undefined) return;
    keeper.adopt(pid);
    const end = (): void => {
      keeper.end(pid);
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    signal.addEventListener('abort', end, { once: true });
    child.once('exit', (code, name) => {
      const status = code ?? name ?? 'unknown';
      // After one more look at the pipes: on a busy machine the time may be up before what lies in them was read.
      const timer = setTimeout(() => setImmediate(resolve, status), LINGER_MS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(status);
      });
    });
  });
}

/** The end of what a stream says, however much that is. */
function tailOf(stream: Readable): { bytes: Buffer } {
  const tail = { bytes: Buffer.alloc(0) };
  stream.on('error', () => {});
  stream.on('data', (part: Buffer) => {
    tail.bytes = Buffer.concat([tail.bytes, part.subarray(-KEPT_BYTES)]).subarray(-KEPT_BYTES);
  });
  return tail;
}

function read(output: Record<'stdout' | 'stderr', { bytes: Buffer }>): Pick<ClientExit, 'stdout' | 'stderr'> {
  const shown = ({ bytes }: { bytes: Buffer }): string =>
    plain(bytes.toString('utf8'), KEPT_BYTES).trim().slice(-SHOWN);
  return { stdout: shown(output.stdout), stderr: shown(output.stderr) };
}
