import { readdirSync, readFileSync } from 'node:fs';

/** Kills every process of a group that is not our own; nothing happens where none is left. */
export function endGroup(leader: number): void {
  if (leader <= 1) return;
  send(-leader);
}

const MARK = /^[\w-]{8,}$/;
/** Against those that start others faster than they can be found. */
const MAX_TURNS = 1_000;

/**
 * Kills processes that have left their group but still carry the run's mark in their environment: daemons, and helpers of
 * browsers. Only Linux tells environments; elsewhere the groups are all there is.
 */
export function endMarked(mark: string): void {
  if (process.platform !== 'linux' || !MARK.test(mark)) return;
  for (let turn = 0; turn < MAX_TURNS && endThose(mark); turn += 1);
}

/** Whether there may be more: one was found, or somebody has started something meanwhile. */
function endThose(mark: string): boolean {
  const before = lastStarted();
  const marked = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && carries(Number(name), mark));
  const others = marked.map(Number).filter((pid) => pid !== process.pid);
  for (const pid of others) send(pid);
  return others.length > 0 || lastStarted() !== before;
}

/** The number of the process that started last. */
const lastStarted = (): string => readFileSync('/proc/loadavg', 'latin1').split(' ').at(-1) ?? '';

function carries(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
  } catch {
    return false; // gone, or another user's
  }
}

function send(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // already gone
  }
}
