import { parseArgs } from 'node:util';
import { AssayError, nearest } from '@assay/core';
import type { Command, CommandRow } from './command.ts';
import { COMMANDS } from './commands/table.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit.ts';
import { commandHelp, nounHelp, overview, verbLines } from './help.ts';
import { type CliCode, fault } from './reasons.ts';
import { createSpeech, plain, type Speech } from './speech.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

/** Options that every command has. */
const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Runs one command line; returns the exit code. */
export async function main(args: readonly string[], around: Surroundings = processSurroundings()): Promise<number> {
  const speech = createSpeech(around, { json: args.includes('--json'), color: colourWanted(around) });
  try {
    return await dispatch(inOrder(args), speech, around);
  } catch (error) {
    report(speech, error);
    return exitCodeOf(error);
  }
}

function colourWanted({ env, stdout }: Surroundings): boolean {
  const { NO_COLOR, FORCE_COLOR } = env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return stdout.isTTY === true && (NO_COLOR ?? '') === '';
}

/** `assay help pins get` means `assay pins get --help`, and `--json` may stand before the noun. */
function inOrder(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === 'help') return [...rest, '--help'];
  return first === '--json' ? [...rest, first] : args;
}

async function dispatch(args: readonly string[], speech: Speech, around: Surroundings): Promise<ExitCode> {
  const row = findRow(args);
  if (row === undefined) return withoutCommand(args, speech, around);
  const command = await row.load();
  const rest = args.slice(row.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    return showHelp(around, commandHelp(command));
  }
  const { positionals, values } = parsedArgs(command, rest);
  return command.run({ ...around, speech }, positionals, values);
}

/** The longest name that the words begin with. */
function findRow(args: readonly string[]): CommandRow | undefined {
  const fitting = COMMANDS.filter((row) => row.name.split(' ').every((word, at) => args[at] === word));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

function withoutCommand(args: readonly string[], speech: Speech, around: Surroundings): ExitCode {
  const words = args.filter((word) => !word.startsWith('-'));
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const verbs = COMMANDS.filter((row) => row.name.startsWith(`${words[0]} `));
  if (words.length === 1 && verbs.length > 0 && wantsHelp) return showHelp(around, nounHelp(words[0] ?? '', verbs));
  if (words.length > 0) return unknownCommand(words, verbs, speech);
  if (args.includes('--version')) return showVersion(speech);
  if (args.length === 0 || wantsHelp) return showHelp(around, overview(COMMANDS));
  return refuse(speech, 'an option without a command', ['Run `assay help` for the list.']);
}

function showHelp({ stdout }: Surroundings, text: string): ExitCode {
  stdout.write(text);
  return EXIT.ok;
}

function showVersion(speech: Speech): ExitCode {
  speech.out(`assay ${VERSION}`);
  speech.result({ schema: 'assay.version/1', version: VERSION });
  return EXIT.ok;
}

function unknownCommand(words: readonly string[], verbs: readonly CommandRow[], speech: Speech): ExitCode {
  const isNounAlone = words.length === 1 && verbs.length > 0;
  const what = plain(words.slice(0, 2).join(' '), 60);
  const message = isNounAlone ? `\`${what}\` needs a verb` : `no command \`${what}\``;
  const next = verbs.length === 0 ? ['Run `assay help` for the list.'] : verbLines(verbs);
  return refuse(speech, message, isNounAlone ? next : [...meantBy(words), ...next]);
}

/** A command of two words, or of one. */
function meantBy(words: readonly string[]): readonly string[] {
  const names = COMMANDS.map(({ name }) => name);
  const meant = nearest(words.slice(0, 2).join(' '), names) ?? nearest(words[0] ?? '', names);
  return meant === undefined ? [] : [`did you mean \`assay ${meant}\`?`];
}

function refuse(speech: Speech, message: string, next: readonly string[]): ExitCode {
  for (const line of [`assay: ${message}`, ...next]) speech.talk(line);
  const code: CliCode = 'cli.usage';
  speech.result({ schema: 'assay.error/1', code, message, next: next.join('\n').trim(), exit: EXIT.usage });
  return EXIT.usage;
}

function parsedArgs(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: withNegatives(args),
      options: { ...command.options, ...COMMON },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const message = error instanceof Error ? withoutAdvice(error.message) : 'bad arguments';
    const options = Object.keys({ ...command.options, ...COMMON });
    const meant = nearest(/^Unknown option '--([^']*)'/.exec(message)?.[1] ?? '', options);
    throw fault('cli.usage', {
      message,
      expected: `assay ${command.name} ${command.operands}`.trim(),
      hint: `${meant === undefined ? '' : `did you mean --${meant}? `}assay ${command.name} --help`,
    });
  }
}

/** No option begins with a digit: what looks like a number below zero is the value of the option before it. */
function withNegatives(args: readonly string[]): string[] {
  const isValue = (at: number): boolean => /^-\d/.test(args[at] ?? '') && /^--[a-z-]+$/.test(args[at - 1] ?? '');
  const joined = args.map((arg, at) => (isValue(at + 1) ? `${arg}=${args[at + 1]}` : arg));
  return joined.filter((_, at) => !isValue(at));
}

/** Node goes on with how to write an operand that begins with a dash, which is hardly ever what was meant. */
const withoutAdvice = (message: string): string => message.replace(/ To specify a positional argument.*$/s, '');

/** Expected, found, next step: in that order. A fault of ours keeps its stack. */
function report(speech: Speech, error: unknown): void {
  if (!(error instanceof AssayError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    speech.talk(`assay: a fault in assay itself: ${text}`);
    speech.result({ schema: 'assay.error/1', code: 'cli.fault', exit: EXIT.fault });
    return;
  }
  const { code, message, detail } = error;
  const { expected, found, hint: next } = detail;
  const [first = '', ...others] = message.split('\n').filter((line) => line.trim() !== '');
  speech.talk(`assay: ${plain(first, 600)} (${code})`);
  for (const line of others) speech.talk(`       ${plain(line, 600)}`);
  if (expected !== undefined) speech.talk(`  expected: ${plain(expected, 600)}`);
  if (found !== undefined) speech.talk(`  found:    ${plain(found, 600)}`);
  if (next !== undefined) speech.talk(`  next:     ${plain(next, 600)}`);
  speech.result({ schema: 'assay.error/1', code, message, expected, found, next, exit: exitCodeOf(error) });
}
