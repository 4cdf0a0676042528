import { readdirSync, readFileSync } from 'node:fs';

/** Kills every process of a group that is not our own; nothing happens where none is left. */
export function endGroup(leader: number): void {
  if (leader <= 1) return;
  send(-leader);
}

const MARK = /^[\w-]{8,}$/;

/**
 * Kills processes that have left their group but still carry the run's mark in their environment: daemons, and helpers of
 * browsers. Only Linux tells environments; elsewhere the groups are all there is.
 */
export function endMarked(mark: string): void {
  if (process.platform !== 'linux' || !MARK.test(mark)) return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== process.pid && carries(pid, mark)) send(pid);
  }
}

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
