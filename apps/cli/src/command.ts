import type { ParseArgsOptionsConfig } from 'node:util';
import type { ExitCode } from './exit.ts';
import { fault } from './reasons.ts';
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
  /** Calls `listener` at every SIGHUP, which ends the process only while nobody listens. */
  readonly onHangup: (listener: () => void) => void;
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

/** Every text of an option that may be given more than once. */
export function textsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** @throws RequestError `cli.usage` when the option is missing */
export function requiredOf(values: Values, name: string): string {
  const text = textOf(values, name);
  if (text !== undefined && text !== '') return text;
  throw fault('cli.usage', { message: 'an option is missing', expected: `--${name}` });
}

/** Seconds, days, counts. @throws RequestError `cli.usage` for anything but a whole number within the bounds */
export function numberOf(values: Values, name: string, min: number, max: number): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw fault('cli.usage', { message: `--${name} is out of range`, expected: `a whole number from ${min} to ${max}` });
}

/** A time in ISO 8601 as epoch milliseconds. @throws RequestError `cli.usage` */
export function timeOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  const time = text === undefined ? undefined : Date.parse(text);
  if (time === undefined || !Number.isNaN(time)) return time;
  throw fault('cli.usage', { message: `--${name} is no time`, expected: 'ISO 8601, for example 2026-11-21T12:00:00Z' });
}

/**
 * Exactly these operands. The operands themselves are not repeated: one of them may be a secret in the wrong place.
 * @throws RequestError `cli.usage`
 */
export function operandsOf<const Names extends readonly string[]>(
  operands: readonly string[],
  names: Names,
): { readonly [Index in keyof Names]: string } {
  if (operands.length === names.length) return operands as { readonly [Index in keyof Names]: string }; // by its length
  throw fault('cli.usage', {
    expected: names.length === 0 ? 'no operand' : names.join(' '),
    found: `${operands.length} operand${operands.length === 1 ? '' : 's'}`,
  });
}
