import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a process of ours has used since it began. */
export interface Usage {
  /** Microseconds of all its threads. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly resident: number;
}

/** A process of its own, so that its CPU time is that of one role. */
export interface Child {
  /** Has it do something and gives what comes back, cloned on its way. */
  ask<T>(task: string, input?: object): Promise<T>;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Starts a file of bench/hosts. */
export function startChild(name: string, env: Readonly<Record<string, string>> = {}): Child {
  const child = fork(join(import.meta.dirname, '../hosts', name), {
    env: { ...process.env, ...env },
    serialization: 'advanced',
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  child.once('exit', () => {
    for (const [id, settle] of waiting) settle({ id, error: `${name} ended` });
  });
  let last = 0;
  const ask = <T>(task: string, input: object = {}): Promise<T> => {
    last += 1;
    const id = last;
    child.send({ id, task, input });
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error === undefined)
          resolve(result as T); // what the task of this name gives
        else reject(new Error(error));
      });
    });
  };
  return { ask, usage: () => ask<Usage>('usage'), stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}

/** The child's side: does what it is asked until its parent lets go. */
export function serveTasks(
  tasks: Readonly<Record<string, (input: never) => unknown>>,
  close: () => Promise<void>,
): void {
  process.on('message', async ({ id, task, input }: { id: number; task: string; input: never }) => {
    try {
      process.send?.({ id, result: task === 'usage' ? usage() : await tasks[task]?.(input) });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
  process.once('disconnect', async () => {
    await close();
    process.exit();
  });
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, resident: process.memoryUsage.rss() };
}
