import type { ParseArgsOptionsConfig } from 'node:util';
import type { ExitCode } from './exit.ts';
import type { Speech } from './speech.ts';

/** What a command gets from its surroundings; the only place where the world comes in. */
export interface World {
  readonly speech: Speech;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export interface Command {
  /** Noun and verb, for example `evidence verify`. */
  readonly name: string;
  /** Positional arguments, as in the usage line. */
  readonly operands: string;
  readonly summary: string;
  /** Full help: what it does, exit codes, examples. */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  run(world: World, operands: readonly string[], values: Values): Promise<ExitCode>;
}

/** A row of the command table: listed in the help, loaded only when it is called. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** The text of an option that was given, or undefined. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
