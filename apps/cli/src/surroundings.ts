import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { World } from './command.ts';
import { codeOf } from './errno.ts';
import { EXIT } from './exit.ts';
import type { Streams } from './speech.ts';

/** Where a command line runs: the process in earnest, something smaller in tests. */
export interface Surroundings extends Omit<World, 'speech'>, Streams {}

/** The process itself. */
export function processSurroundings(): Surroundings {
  enterCallersFolder();
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  process.stdout.on('error', endWithReader);
  return {
    ...{ stdout: process.stdout, stderr: process.stderr, stdin: process.stdin },
    ...{ env: process.env, cwd: process.cwd(), now: Date.now, signal: abort.signal },
    onHangup: (listener) => void process.on('SIGHUP', listener),
  };
}

/**
 * npm runs a script in the package's folder and leaves the caller's in `INIT_CWD`, where the paths of the command line
 * start. A script that has changed its folder itself means that one.
 */
function enterCallersFolder(): void {
  const { INIT_CWD: folder, npm_package_json: manifest } = process.env;
  const isWhereNpmPutIt = manifest === undefined || dirname(manifest) === process.cwd();
  if (folder !== undefined && isWhereNpmPutIt && existsSync(folder)) process.chdir(folder);
}

/** `assay … | head`: a reader that has gone wants nothing more. */
function endWithReader(error: Error): void {
  if (codeOf(error) !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
}
