import { parseArgs } from 'node:util';
import { TaskError } from '../task.ts';
import type { Address } from './target.ts';

export interface Options {
  readonly engines: readonly Address['engine'][];
  readonly kills: number;
  readonly syncProof: boolean;
}

const USAGE = 'npm run torture -- [--kills N] [--engine sqlite|postgres|both] [--sync-proof]';

const ENGINES: ReadonlyMap<string, readonly Address['engine'][]> = new Map([
  ['sqlite', ['sqlite']],
  ['postgres', ['postgres']],
  ['both', ['sqlite', 'postgres']],
]);
const MAX_KILLS = 10_000;

/** @throws TaskError with the usage for anything it does not know. */
export function parseOptions(args: readonly string[]): Options {
  const { kills, engine, 'sync-proof': syncProof } = parse(args);
  const engines = ENGINES.get(engine);
  const count = Number(kills);
  if (engines === undefined || !/^\d+$/.test(kills) || count < 1 || count > MAX_KILLS) throw new TaskError(USAGE);
  return { engines, kills: count, syncProof };
}

function parse(args: readonly string[]): { kills: string; engine: string; 'sync-proof': boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string', default: '20' },
        engine: { type: 'string', default: 'both' },
        'sync-proof': { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new TaskError(USAGE, { cause });
  }
}
