import type { Command, CommandRow } from './command.ts';
import { EXIT } from './exit.ts';

export const EXIT_TEXT: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done; for a question: yes',
  no: 'the answer is no: rejected, refused, findings',
  usage: 'wrong command line, or not the kind of input this command reads',
  unreachable: 'a file, a server or the network could not be reached',
  notReached: 'nothing is wrong, but not everything that applies was decided',
  config: 'a configuration that cannot be served',
  fault: 'a fault of assay itself',
};

/** The first page: what there is, and what the exit codes mean. */
export function overview(rows: readonly CommandRow[]): string {
  const width = Math.max(...rows.map((row) => row.name.length));
  return [
    'assay: is this a genuine copy of our app, on a device worth trusting?',
    '',
    'Usage: assay <command> [options]        assay <command> --help for more',
    '',
    ...rows.map((row) => `  ${row.name.padEnd(width)}  ${row.summary}`),
    '',
    'Results go to stdout, talk to stderr; --json prints one JSON document with a versioned schema.',
    'Exit codes:',
    ...Object.entries(EXIT).map(
      ([name, code]) => `  ${String(code).padStart(2)}  ${EXIT_TEXT[name as keyof typeof EXIT]}`,
    ),
    '',
  ].join('\n');
}

/** What one noun can do. */
export function nounHelp(noun: string, rows: readonly CommandRow[]): string {
  const usage = `Usage: assay ${noun} <verb> [options]`;
  return [usage, '', ...verbLines(rows), '', 'Add --help to one of them for more.', ''].join('\n');
}

/** One line for each verb, in columns. */
export function verbLines(rows: readonly CommandRow[]): readonly string[] {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows.map((row) => `  assay ${row.name.padEnd(width)}  ${row.summary}`);
}

export function commandHelp(command: Command): string {
  return `${command.summary}\n\nUsage: assay ${command.name} ${command.operands}\n\n${command.help.trim()}\n`;
}
