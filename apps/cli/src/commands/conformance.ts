import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, operandsOf, timeOf, type Values, type World } from '../command.ts';
import { formatSet, isFormatModule } from '../conformance/format-module.ts';
import { type CaseSet, type Marked, markCase } from '../conformance/run.ts';
import { findSets } from '../conformance/sets.ts';
import { MAX_UNDECIDED_SHARE, parseUndecided } from '../conformance/undecided.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fault } from '../reasons.ts';
import { plain, type Speech } from '../speech.ts';

const HELP = `
Runs every verifier over a folder of vectors and compares each verdict with the expected one. The folder is read by its
layout: documents with \`kind\`, lists of \`cases\`, one-input changes (\`vector\`, \`override\`), x509-limbo \`testcases\`.
A module (.mjs, .js, .ts) holds a format of evidence of your own: it is loaded and run over its own vectors, and over
changes of them that no format may accept (docs/evidence-port.md).

  --now TIME    clock for cases that name none (default: now)
  --json        one JSON document, schema assay.conformance/1

A case that cannot be decided needs an entry with a reason in docs/verification/undecided.md, and at most 2 % may be.
Exit codes: 0 every case right, 1 a case is wrong or undecided without a reason, 2 no such folder, or no vectors in it,
3 a module not loaded, 5 a module without a sound format.

Examples:
  assay conformance ../vectors
  assay conformance ../vectors --json --now 2026-11-21T00:00:00Z
  assay conformance acme-badge.mjs
`;

export const conformanceCommand: Command = {
  name: 'conformance',
  operands: 'DIR|MODULE',
  summary: 'Compares every verifier with a folder of vectors.',
  help: HELP,
  options: { now: { type: 'string' } },
  run,
};

interface SetReport {
  readonly set: CaseSet;
  readonly marked: readonly Marked[];
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [dir] = operandsOf(operands, ['DIR|MODULE']);
  const now = timeOf(values, 'now') ?? world.now();
  const sets = isFormatModule(dir) ? [await formatSet(resolve(world.cwd, dir))] : findSets(dir, now);
  const reports = sets.map((set) => ({ set, marked: set.cases.map(markCase) }));
  if (reports.length === 0) throw fault('cli.no_vectors', { found: dir });
  const known = parseUndecided(undecidedText());
  for (const report of reports) showSet(world.speech, report, known);
  const failed = verdict(world.speech, reports, known);
  world.speech.result(toJson(reports));
  return failed ? EXIT.no : EXIT.ok;
}

function undecidedText(): string {
  try {
    return readFileSync(new URL('../../../../docs/verification/undecided.md', import.meta.url), 'utf8');
  } catch {
    return '';
  }
}

const count = (marked: readonly Marked[], mark: Marked['mark']) => marked.filter((each) => each.mark === mark).length;

/** A disagreement that is named with its reason counts as undecided, never as wrong. */
function settled(marked: readonly Marked[], known: ReadonlySet<string>): readonly Marked[] {
  return marked.map((each) => (each.mark === 'wrong' && known.has(each.id) ? { ...each, mark: 'undecided' } : each));
}

function showSet(speech: Speech, { set, marked }: SetReport, known: ReadonlySet<string>): void {
  const all = settled(marked, known);
  const [right, wrong, undecided] = [count(all, 'right'), count(all, 'wrong'), count(all, 'undecided')];
  const style = wrong > 0 ? 'red' : undecided > 0 ? 'yellow' : 'green';
  const apart = set.pedantic ? '  (reported apart)' : '';
  speech.out(`${speech.paint(style, `${right} right, ${wrong} wrong, ${undecided} undecided`)}  ${set.name}${apart}`);
  for (const each of all) if (each.mark !== 'right') showCase(speech, each, known);
}

function showCase(speech: Speech, { id, mark, expected, outcome, why }: Marked, known: ReadonlySet<string>): void {
  const reason = known.has(id) ? ' (docs/verification/undecided.md)' : '';
  speech.out(
    `  ${mark} ${plain(id)}: expected ${expected}, found ${outcome.found} ${outcome.reasons.join(', ')}${reason}`,
  );
  for (const line of outcome.trace) speech.out(speech.paint('dim', `      ${plain(line, 400)}`));
  if (why !== '') speech.out(speech.paint('dim', `      the case: ${plain(why, 200)}`));
}

/** Pedantic sets are for information: rules that no profile claims cannot be failed. */
function verdict(speech: Speech, reports: readonly SetReport[], known: ReadonlySet<string>): boolean {
  const judged = reports.filter(({ set }) => !set.pedantic).flatMap(({ marked }) => settled(marked, known));
  const undecided = judged.filter(({ mark }) => mark === 'undecided');
  const unexplained = undecided.filter(({ id }) => !known.has(id));
  const wrong = count(judged, 'wrong');
  const tooMany = undecided.length > judged.length * MAX_UNDECIDED_SHARE;
  speech.out();
  speech.out(
    `${judged.length} cases: ${count(judged, 'right')} right, ${wrong} wrong, ${undecided.length} undecided (${unexplained.length} without a reason)`,
  );
  return wrong > 0 || unexplained.length > 0 || tooMany;
}

function toJson(reports: readonly SetReport[]) {
  const sets = reports.map(({ set: { name, pedantic, cases }, marked }) => ({
    ...{ name, pedantic, cases: cases.length },
    right: count(marked, 'right'),
    wrong: count(marked, 'wrong'),
    undecided: count(marked, 'undecided'),
    notRight: marked.filter(({ mark }) => mark !== 'right'),
  }));
  return { schema: 'assay.conformance/1', sets };
}
