import { resolve } from 'node:path';
import type { World } from '../../command.ts';
import { readInput, readStdin } from '../../input.ts';

const MAX_BYTES = 4 << 20;

/** What a person handed over as FILE. */
export interface Source {
  /** As it is shown. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where files that the document names are looked for. */
  readonly folder: string;
}

/**
 * A file, or stdin for `-`, whose document names files of the folder that the command runs in.
 *
 * @throws UpstreamError `cli.file_unreadable`
 */
export async function readSource(world: Pick<World, 'stdin' | 'cwd'>, path: string): Promise<Source> {
  if (path === '-') return { name: 'stdin', bytes: await readStdin(world, MAX_BYTES), folder: world.cwd };
  return { name: path, bytes: readInput(path, MAX_BYTES), folder: resolve(path, '..') };
}
