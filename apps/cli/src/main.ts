import { parseArgs } from 'node:util';
import { AssayError } from '@assay/core';
import type { Command, CommandRow, World } from './command.ts';
import { COMMANDS } from './commands/table.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit.ts';
import { commandHelp, overview } from './help.ts';
import { createSpeech, plain, type Speech } from './speech.ts';

/** Options that every command has. */
const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Runs one command line; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const speech = createSpeech(process, { json: args.includes('--json'), color: colourWanted() });
  try {
    return await dispatch(args, speech);
  } catch (error) {
    report(speech, error);
    return exitCodeOf(error);
  }
}

function colourWanted(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return process.stdout.isTTY === true && (NO_COLOR ?? '') === '';
}

async function dispatch(args: readonly string[], speech: Speech): Promise<ExitCode> {
  const row = findRow(args);
  if (row === undefined) return withoutCommand(args, speech);
  const command = await row.load();
  const rest = args.slice(row.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandHelp(command));
    return EXIT.ok;
  }
  return runCommand(command, rest, speech);
}

/** The longest name that the words begin with. */
function findRow(args: readonly string[]): CommandRow | undefined {
  const fitting = COMMANDS.filter((row) => row.name.split(' ').every((word, at) => args[at] === word));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

function withoutCommand(args: readonly string[], speech: Speech): ExitCode {
  const words = args.filter((word) => !word.startsWith('-'));
  if (words.length === 0 || words[0] === 'help') {
    process.stdout.write(overview(COMMANDS));
    return EXIT.ok;
  }
  const known = COMMANDS.filter((row) => row.name.startsWith(`${words[0]} `)).map((row) => row.name);
  speech.talk(`assay: no command \`${plain(words.slice(0, 2).join(' '))}\``);
  speech.talk(known.length > 0 ? `Did you mean: ${known.join(', ')}?` : 'Run `assay help` for the list.');
  return EXIT.usage;
}

async function runCommand(command: Command, args: readonly string[], speech: Speech): Promise<ExitCode> {
  const parsed = parsedArgs(command, args, speech);
  if (parsed === undefined) return EXIT.usage;
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  const world: World = {
    speech,
    env: process.env,
    now: Date.now,
    cwd: process.cwd(),
    stdin: process.stdin,
    signal: abort.signal,
  };
  return command.run(world, parsed.positionals, parsed.values);
}

function parsedArgs(command: Command, args: readonly string[], speech: Speech) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...command.options, ...COMMON },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    speech.talk(`assay ${command.name}: ${error instanceof Error ? plain(error.message) : 'bad arguments'}`);
    speech.talk(`Usage: assay ${command.name} ${command.operands}   (more: assay ${command.name} --help)`);
    return undefined;
  }
}

/** Expected, found, next step: in that order. A fault of ours keeps its stack. */
function report(speech: Speech, error: unknown): void {
  if (!(error instanceof AssayError)) {
    speech.talk(
      `assay: a fault in assay itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return;
  }
  speech.talk(`assay: ${plain(error.message, 600)} (${error.code})`);
  const { expected, found, hint } = error.detail;
  if (expected !== undefined) speech.talk(`  expected: ${plain(expected, 600)}`);
  if (found !== undefined) speech.talk(`  found:    ${plain(found, 600)}`);
  if (hint !== undefined) speech.talk(`  next:     ${plain(hint, 600)}`);
}
