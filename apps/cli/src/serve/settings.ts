import type { Config } from '@assay/server';
import { z } from 'zod';
import { textOf, type Values, type World } from '../command.ts';
import { readDocument } from '../documents.ts';
import { FLAGS, type FlagRow, membersOfFlags } from './flags.ts';

const WIDTH = 34;
const ConfigFile = z.record(z.string(), z.unknown());

/** Flags that name an installation, for commands that open its database themselves. */
export const INSTALLATION_FLAGS: readonly FlagRow[] = FLAGS.filter(({ member }) =>
  ['origin', 'data', 'kekFile', 'environments'].includes(member),
);

export function optionsOf(flags: readonly FlagRow[]) {
  return {
    config: { type: 'string' as const },
    ...Object.fromEntries(
      flags.map(({ flag, each }) => [flag, { type: 'string' as const, multiple: each !== undefined }]),
    ),
  };
}

export function helpOf(flags: readonly FlagRow[]): string {
  const rows = [['--config FILE', 'settings as JSON'], ...flags.map(rowOf)];
  return rows.map(([option, about]) => helpLine(option ?? '', about ?? '')).join('\n');
}

const rowOf = ({ flag, value, about }: FlagRow): readonly [string, string] => [`--${flag} ${value}`, about];

export const helpLine = (option: string, about: string): string => `  ${option}`.padEnd(WIDTH) + about;

/** The server's settings: a flag before the environment before the file before the default. */
export async function loadSettings(world: World, values: Values): Promise<Config> {
  const { loadConfig } = await import('@assay/server');
  const file = textOf(values, 'config');
  const settings = file === undefined ? {} : readDocument(file, ConfigFile);
  return loadConfig(membersOfFlags(values), world.env, settings);
}
