import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/commands/table.ts';
import { EXIT } from '../../src/exit.ts';
import { EXIT_TEXT } from '../../src/help.ts';

/** The reference of every command, made out of the command table and each command's own help. */
export const REFERENCE: string = join(import.meta.dirname, '../../../../docs/cli.md');

export async function renderReference(): Promise<string> {
  const commands = await Promise.all(COMMANDS.map((row) => row.load()));
  const sections = commands.map(({ name, operands, summary, help }) =>
    [`## assay ${name}`, '', summary, '', '```', `assay ${name} ${operands}`.trim(), '', help.trim(), '```', ''].join(
      '\n',
    ),
  );
  const exits = Object.entries(EXIT).map(([name, code]) => `| ${code} | ${EXIT_TEXT[name as keyof typeof EXIT]} |`);
  return [
    ...['# The command line', ''],
    'Noun, then verb. From a checkout: `npm run -s assay -- <command>`. This page is made out of the commands themselves by',
    ...[
      '`node --conditions=@assay/source apps/cli/test/support/reference.ts` on the Node of the checkout, and a test compares the two.',
      '',
    ],
    'Results go to stdout, talk goes to stderr. With `--json` stdout holds exactly one JSON document with a `schema` member,',
    'also when the command fails (`assay.error/1`: code, message, expected, found, next, exit). Colour is for terminals',
    ...['alone, and never with `NO_COLOR`.', ''],
    ...['| exit code | meaning |', '|---|---|', ...exits, ''],
    ...sections,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(REFERENCE, await renderReference());
