// Cleans up after a throw-away server: its stdin is a pipe from the owner, so its end means that the owner stopped or
// died, however that came about. Started detached, by start.ts, with the server's folder as its argument.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;
const POLLS = 250;

async function main(dir: string): Promise<void> {
  for await (const _ of process.stdin);
  const pid = await serverPid(dir);
  if (pid !== undefined) await end(pid);
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
}

/** The first line of the server's own lock file; undefined when it does not run. */
async function serverPid(dir: string): Promise<number | undefined> {
  const text = await readFile(join(dir, 'data/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 && signal(pid, 0) ? pid : undefined;
}

/** SIGQUIT is PostgreSQL's immediate shutdown; what does not heed it is killed. */
async function end(pid: number): Promise<void> {
  signal(pid, 'SIGQUIT');
  for (let i = 0; i < POLLS && signal(pid, 0); i += 1) await sleep(POLL_MS);
  signal(pid, 'SIGKILL');
}

/** Whether the process was there to be signalled. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

// The owner's Ctrl-C is not ours: the end of the pipe is the one sign to go by.
for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(name, () => {});
await main(process.argv[2] ?? '');
