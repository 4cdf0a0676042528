import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The repository. */
export const ROOT: string = join(import.meta.dirname, '..');

const BIN = join(ROOT, 'node_modules/.bin');

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the repository's own command-line tools in `cwd`. A tool that cannot be started throws. */
export async function command(name: string, args: readonly string[], cwd: string): Promise<Output> {
  // The tools are scripts for the first Node in PATH: make that the pinned one.
  const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env['PATH']}`, NO_COLOR: '1' };
  const child = spawn(join(BIN, name), args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  return { code, stdout, stderr };
}
