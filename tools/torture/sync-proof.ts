import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { TaskError } from '../task.ts';
import { writerCommand } from './round.ts';
import { countSyncs, type SyncCount } from './strace.ts';
import { type Address, open, TARGETS } from './target.ts';

export interface SyncProof extends SyncCount {
  readonly lanes: number;
}

/** One at a time, where every answer needs a sync of its own, and many at once, where commits share them. */
const LANES: readonly number[] = [1, 32];
const WRITES = 400;

/**
 * Runs a writer under strace, together with the engine's own processes, and counts the syncs between each write and
 * its answer.
 *
 * @throws TaskError where strace is not on the machine or may not trace.
 */
export async function proveSyncs(engine: Address['engine']): Promise<readonly SyncProof[]> {
  const target = await TARGETS[engine]();
  const dir = await mkdtemp(join(tmpdir(), 'assay-strace-'));
  try {
    await (await open(target.address)).close();
    const proofs: SyncProof[] = [];
    for (const lanes of LANES) {
      const task = { address: target.address, iss: `https://torture.example/${lanes}`, lanes, limit: WRITES };
      const output = join(dir, `trace-${lanes}`);
      await trace(output, await engineProcesses(target.address), writerCommand(task));
      proofs.push({ lanes, ...countSyncs(await readFile(output, 'utf8')) });
    }
    return proofs;
  } finally {
    await rm(dir, { recursive: true, force: true });
    await target.dispose();
  }
}

/** `-I 2`: writing to a file, strace would not heed a signal otherwise. */
const STRACE: readonly string[] = '-f -q -I 2 -s 64 -e trace=write,fsync,fdatasync'.split(' ');

async function trace(output: string, pids: readonly string[], command: readonly string[]): Promise<void> {
  const attach = pids.flatMap((pid) => ['-p', pid]);
  const strace = spawn('strace', [...STRACE, '-o', output, ...attach, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(strace, 'spawn').catch(() => {
    throw new TaskError('strace is not on this machine; on Debian or Ubuntu: apt-get install strace');
  });
  const exit = once(strace, 'exit');
  const said = text(strace.stderr);
  let answers = 0;
  for await (const line of createInterface({ input: strace.stdout })) {
    if (line.startsWith('ack ')) answers += 1;
    // Attached to a server, strace would go on for ever.
    if (answers === WRITES) strace.kill('SIGTERM');
  }
  await exit;
  if (answers < WRITES) throw new TaskError(`strace could not trace:\n${await said}`);
}

/** The server and its children; SQLite has none, it lives in the writer. */
async function engineProcesses(address: Address): Promise<readonly string[]> {
  if (address.engine === 'sqlite') return [];
  const lock = await readFile(join(address.connection.host, 'data/postmaster.pid'), 'utf8');
  const [server = ''] = lock.split('\n');
  const tasks = await readdir(`/proc/${server}/task`);
  const children = await Promise.all(tasks.map((id) => readFile(`/proc/${server}/task/${id}/children`, 'utf8')));
  return [
    server,
    ...children
      .join(' ')
      .split(' ')
      .filter((pid) => pid !== ''),
  ];
}
