import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { timed } from './timed.ts';

const VERSION = '1.1.0';
const VENV = join(import.meta.dirname, '../../node_modules/.cache/mobsfscan');
const MINUTES = 60_000;

/** CPU time that mobsfscan takes over a folder, best of three; undefined where it cannot be installed. */
export function mobsfscan(folder: string): { readonly seconds: number } | undefined {
  const program = join(VENV, 'bin/mobsfscan');
  if (!existsSync(program) && !installed()) return undefined;
  const seconds = Array.from({ length: 3 }, () => timed([program, '--json', '--no-fail', folder]).ms / 1000);
  return { seconds: Math.min(...seconds) };
}

function installed(): boolean {
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-m', 'venv', VENV]],
    [join(VENV, 'bin/pip'), ['install', '--quiet', `mobsfscan==${VERSION}`]],
  ];
  return steps.every(([program, args]) => spawnSync(program, args, { timeout: 5 * MINUTES }).status === 0);
}
