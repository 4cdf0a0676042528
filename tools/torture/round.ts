import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Target } from './target.ts';
import type { WriterTask } from './writer.ts';

const WRITER = join(import.meta.dirname, 'writer.ts');

/** The command line of a writer, which always runs from source. */
export function writerCommand(task: WriterTask): readonly string[] {
  return [process.execPath, '--conditions=@assay/source', WRITER, JSON.stringify(task)];
}

export interface Round {
  /** Ids of the acceptances that the writer was told are kept. */
  readonly acknowledged: readonly string[];
  /** From the first acknowledgement to the kill. */
  readonly elapsedMs: number;
}

/** Lets a writer work for a while and kills it; with `crashEngine`, the engine before it. */
export async function runRound(
  target: Target,
  task: WriterTask,
  { loadMs, crashEngine }: { readonly loadMs: number; readonly crashEngine: boolean },
): Promise<Round> {
  const [file = '', ...args] = writerCommand(task);
  const writer = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  const listening = listen(writer, acknowledged);
  await listening.first;
  const start = performance.now();
  await pause(loadMs);
  if (crashEngine) await target.crash?.();
  writer.kill('SIGKILL');
  const elapsedMs = performance.now() - start;
  await listening.end;
  return { acknowledged, elapsedMs };
}

type Writer = ChildProcessByStdio<null, Readable, null>;

function listen(writer: Writer, acknowledged: string[]): { first: Promise<void>; end: Promise<void> } {
  const first = Promise.withResolvers<void>();
  const lines = createInterface({ input: writer.stdout });
  lines.on('line', (line) => {
    if (!line.startsWith('ack ')) return;
    acknowledged.push(line.slice('ack '.length));
    first.resolve();
  });
  const end = once(writer, 'close').then(() => first.reject(new Error('the writer ended before its first write')));
  return { first: first.promise, end };
}
