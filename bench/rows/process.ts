import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const CLI = join(import.meta.dirname, '../../apps/cli/bin/assay.js');
/** With the flags that every task is started with. */
const NODE = [process.execPath, ...process.execArgv, CLI] as const;

/** Start-up and idle weight of whole processes. */
export async function bench(): Promise<readonly Row[]> {
  const server = await startServer();
  return [
    atMost('assay --help', helpTime(), 250, 'ms'),
    atMost('assay serve, until /readyz answers 200', server.readyMs, 1_000, 'ms'),
    atMost('assay serve, resident memory when idle', server.idleMb, 150, 'MB'),
  ];
}

function helpTime(): number {
  const [node, ...args] = NODE;
  const times = Array.from({ length: 9 }, () => {
    const before = performance.now();
    spawnSync(node, [...args, '--help']);
    return performance.now() - before;
  });
  return median(times);
}

async function startServer(): Promise<{ readyMs: number; idleMb: number }> {
  const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const [node, ...args] = NODE;
  const flags = [
    '--data',
    data,
    '--origin',
    'http://127.0.0.1:18080',
    '--listen',
    '127.0.0.1:18080',
    '--admin-listen',
    '127.0.0.1:18081',
  ];
  const before = performance.now();
  const child = spawn(node, [...args, 'serve', ...flags], { stdio: 'ignore' });
  try {
    await ready('http://127.0.0.1:18080/readyz', before + 20_000);
    const readyMs = performance.now() - before;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return { readyMs, idleMb: residentMb(child.pid ?? 0) };
  } finally {
    await ended(child);
    rmSync(data, { recursive: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function ready(url: string, until: number): Promise<void> {
  while (performance.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} did not become ready`);
}

/** Resident set of a process on Linux; NaN elsewhere, which no bar passes. */
export function residentMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
