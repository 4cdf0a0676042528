import { spawnSync } from 'node:child_process';

export interface Spent {
  /** CPU time of the process, its threads and its children, in milliseconds. */
  readonly ms: number;
  /** Largest resident set. */
  readonly peakMb: number;
}

/** GNU time, which Linux distributions package as `time`. Without it figures are NaN, which no bar passes. */
const TIME = '/usr/bin/time';

/** Runs a program to its end. Its wall time would say more about what else the machine does. */
export function timed(
  command: readonly string[],
): Spent & { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr, status } = spawnSync(TIME, ['-f', 'spent %U %S %M', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const [, user, system, peak] = /^spent ([\d.]+) ([\d.]+) (\d+)$/m.exec(stderr ?? '') ?? [];
  return {
    ms: (Number(user) + Number(system)) * 1000,
    peakMb: Number(peak) / 1024,
    status,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
  };
}
