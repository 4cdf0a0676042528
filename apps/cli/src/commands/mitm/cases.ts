import { CASE_GROUPS, CASES, type Case, differencesOf, legendOf } from '@assay/mitm';
import { type Command, operandsOf, textOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { casesNamed } from '../../mitm/cases.ts';
import { DEFAULT_HOST } from '../../mitm/options.ts';
import { casesWith } from '../../mitm/own-cases.ts';
import type { Speech } from '../../speech.ts';

const HELP = `
Lists the battery, or tells all about the cases that ID names (a case, a row or a group): what is forged, in which one
point it differs from another server, what a correct client does about it, what an attacker gains where it does not, and
the tests of OWASP MASTG that it is evidence for.

  --cases FILE             cases of your own beside the battery (docs/mitm-cases.md)
  --json                   one JSON document, schema assay.mitm.cases/1

Exit codes: 0 shown, 2 usage or no such case, 3 the file not readable, 5 cases in it not usable.

Examples:
  assay mitm cases
  assay mitm cases N4
  assay mitm cases name --json
`;

export const mitmCasesCommand: Command = {
  name: 'mitm cases',
  operands: '[ID] [options]',
  summary: 'Lists the cases of the battery, or explains one.',
  help: HELP,
  options: { cases: { type: 'string' } },
  run,
};

async function run({ speech }: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operands.length === 0 ? [] : operandsOf(operands, ['ID']);
  const file = textOf(values, 'cases');
  const all = casesWith(file);
  const cases = name === undefined ? all : casesNamed(name, all);
  if (name === undefined) list(speech, all);
  else for (const item of cases) explain(speech, item, CASES.includes(item) ? '' : ` --cases ${file}`);
  speech.result({ schema: 'assay.mitm.cases/1', cases });
  return EXIT.ok;
}

function list(speech: Speech, all: readonly Case[]): void {
  for (const group of CASE_GROUPS) {
    const cases = all.filter((item) => item.group === group);
    if (cases.length > 0) speech.out(speech.paint('bold', group));
    for (const { id, expect, title } of cases) speech.out(`  ${id.padEnd(6)} ${expect.padEnd(7)} ${title}`);
  }
}

/** `own`: the words that bring an operator's case along. */
function explain(speech: Speech, item: Case, own: string): void {
  speech.out(speech.paint('bold', `${item.id} ${item.title}`));
  const differences = differencesOf(item).join('; ');
  const rows: Readonly<Record<string, string | undefined>> = {
    group: item.group,
    expected: item.expect === 'report' ? 'nothing: what is seen is reported' : item.expect,
    'unless it': item.mayRefuse,
    why: item.why,
    'differs from': item.from,
    server: differences === '' ? 'the valid one' : `the valid one, but: ${differences}`,
    where: legendOf(differences, DEFAULT_HOST).join('; '),
    needs: item.needs.join(', '),
    clauses: item.clauses.join(', '),
    OWASP: [...item.masvs, ...item.mastg, ...item.maswe].join(', '),
    seen: Object.entries(item.measured ?? {})
      .map(([client, what]) => `${client}: ${what}`)
      .join('; '),
    'to run it': `assay mitm run --exec 'COMMAND'${own} --only ${item.id}`,
  };
  for (const [label, text = ''] of Object.entries(rows)) {
    if (text !== '') speech.out(`  ${speech.paint('dim', label.padEnd(12))}  ${text}`);
  }
  speech.out();
}
