import { resolve } from 'node:path';
import {
  applyEdits,
  beyondBaseline,
  type Document,
  editsOf,
  type Finding,
  fingerprintsOf,
  isAtLeast,
  isOfInterest,
  lint,
  type Project,
  RULES,
  readDocuments,
  SEVERITIES,
  type Severity,
} from '@assay/pin-configs';
import { isArtifact, readArtifactFile } from '../../artifacts/read.ts';
import { type Command, numberOf, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeWhole } from '../../files.ts';
import { readInput, readText } from '../../input.ts';
import { readElsewhere } from '../../pins/elsewhere.ts';
import { readBaseline, writeBaseline } from '../../pins/lint/baseline-file.ts';
import { judgedPath } from '../../pins/lint/judged.ts';
import { lookAtHosts } from '../../pins/lint/live.ts';
import { countsOf, REPORTS, type Reported, tell, toDocument } from '../../pins/lint/reports.ts';
import { ruleNamed } from '../../pins/lint/rule-named.ts';
import { createUnread, type Unread } from '../../pins/lint/unread.ts';
import { filesOf } from '../../pins/lint/walk.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const HELP = `
Finds what breaks apps or lets attackers in: pinning and transport security in configurations and sources, offline. A PATH
is a file or a folder. Read are Android network security configurations and manifests, Info.plist and TrustKit (XML and
binary), HarmonyOS network_config.json, Kotlin, Java, Swift, Objective-C, Dart, TypeScript, JavaScript and C# sources, package
lists, pin lists and assay.pins.yaml, and built apps (APK, AAB, IPA). What others wrote is passed over: .git, node_modules,
Pods, build and the like, unless it is named. \`assay pins rules\` lists every rule with its reason and its mending.

  --format NAME            pretty (default), sarif (2.1.0), junit, github (annotations), json
  --report NAME=FILE       another report into a file; may be given more than once
  --fail-on SEVERITY       exit 1 for findings from here on: error, warning (default), info
  --min-severity SEVERITY  show nothing beneath
  --only RULE              only this rule; may be given more than once
  --ignore RULE            not this rule; may be given more than once
  --baseline FILE          say nothing of findings that FILE knows
  --write-baseline FILE    accept what is found now, and end with 0: later runs with --baseline FILE report what is new
  --fix                    make the edits that mend a finding and change nothing else; what the baseline accepts stays
  --now TIME               the clock of the run, ISO 8601 (default: now); makes runs repeatable
  --support-end TIME       the day until which the oldest supported version of the app must work
  --lead-days N            warn of pins that end within N days (default 90)
  --live                   also look at what the pinned hosts serve now (network), by chains that validate
  --live-roots FILE        PEM roots for that (default: Node's)
  --connect HOST=ADDRESS:PORT   look at this host there; may be given more than once
  --json                   one JSON document, schema assay.pins.lint/1

In a file, "assay-ignore P001: reason" in a comment takes a finding on its own line and the next one back, and
"assay-ignore-file P001: reason" in the whole file; Android's tools:ignore is honoured.

Exit codes: 0 clean, 1 findings, 2 usage, or a folder without a file that is read here, 3 a path cannot be read or written. What
cannot be read is told, and the rest is looked at; findings in it end with 1 all the same.

Examples:
  assay pins lint app/src
  assay pins lint . --format github --report sarif=pins.sarif --baseline .assay-pins.json
`;

const MANY = { type: 'string', multiple: true } as const;
const DEFAULT_LEAD_DAYS = 90;
const LIVE_TIMEOUT_MS = 10_000;

export const pinsLintCommand: Command = {
  name: 'pins lint',
  operands: 'PATH… [options]',
  summary: 'Finds what breaks apps or lets attackers in, in configurations and sources.',
  help: HELP,
  options: {
    format: { type: 'string' },
    report: MANY,
    'fail-on': { type: 'string' },
    'min-severity': { type: 'string' },
    only: MANY,
    ignore: MANY,
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
    fix: { type: 'boolean' },
    now: { type: 'string' },
    'support-end': { type: 'string' },
    'lead-days': { type: 'string' },
    live: { type: 'boolean' },
    'live-roots': { type: 'string' },
    connect: MANY,
  },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (operands.length === 0) throw fault('cli.usage', { expected: 'PATH' });
  const plan = planOf(world, values);
  const unread = createUnread(world.speech);
  const project = await projectOf(world, operands, values, unread);
  const result = lint(project, plan);
  const { fresh, known, gone } = beyondBaseline(result.findings, plan.baseline);
  if (values['fix'] === true) mend(world, project, fresh);
  const reported: Reported = { ...result, findings: fresh, rules: plan.shown, project, known, unread: unread.files };
  for (const entry of gone) world.speech.talk(`no longer found, take it out of the baseline: ${plain(entry)}`);
  report(world, plan, reported);
  if (plan.writeBaseline !== undefined) accept(world, plan.writeBaseline, result.findings);
  else if (fresh.some(({ severity }) => isAtLeast(severity, plan.failOn))) return EXIT.no;
  return unread.files.length === 0 ? EXIT.ok : EXIT.unreachable;
}

function accept({ speech, cwd }: World, file: string, findings: readonly Finding[]): void {
  const entries = fingerprintsOf(findings);
  writeBaseline(resolve(cwd, file), entries);
  speech.talk(
    `${counted(entries.length, 'finding')} accepted in ${plain(file)}; from now on: --baseline ${plain(file)}`,
  );
}

function planOf({ cwd }: World, values: Values) {
  const baseline = textOf(values, 'baseline');
  const only = rulesNamed(values, 'only');
  const ignore = rulesNamed(values, 'ignore');
  return {
    rules: RULES,
    ...(only.length === 0 ? {} : { only }),
    ignore,
    minimum: severityOf(values, 'min-severity', 'info'),
    failOn: severityOf(values, 'fail-on', 'warning'),
    shown: RULES.filter(({ id }) => (only.length === 0 || only.includes(id)) && !ignore.includes(id)),
    baseline: baseline === undefined ? [] : readBaseline(resolve(cwd, baseline)),
    writeBaseline: textOf(values, 'write-baseline'),
    format: formatOf(textOf(values, 'format') ?? 'pretty'),
    reports: textsOf(values, 'report').map(reportOf),
  };
}

type Plan = ReturnType<typeof planOf>;
type Format = keyof typeof REPORTS | 'pretty';

const FORMATS: readonly string[] = ['pretty', ...Object.keys(REPORTS)];
const isFormat = (text: string): text is Format => FORMATS.includes(text);

function formatOf(text: string): Format {
  if (isFormat(text)) return text;
  throw fault('cli.usage', { message: 'this is no format', expected: FORMATS.join(', '), found: text });
}

function reportOf(text: string): { readonly format: keyof typeof REPORTS; readonly file: string } {
  const [, name, file] = /^([a-z]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined) {
    throw fault('cli.usage', { message: '--report is not in its form', expected: 'NAME=FILE', found: text });
  }
  const format = formatOf(name);
  if (format !== 'pretty') return { format, file };
  throw fault('cli.usage', { message: 'pretty is for the terminal', expected: Object.keys(REPORTS).join(', ') });
}

function severityOf(values: Values, name: string, otherwise: Severity): Severity {
  const text = textOf(values, name) ?? otherwise;
  const severity = SEVERITIES.find((each) => each === text);
  if (severity !== undefined) return severity;
  throw fault('cli.usage', { message: `--${name} is no severity`, expected: SEVERITIES.join(', '), found: text });
}

function rulesNamed(values: Values, name: string): readonly string[] {
  return textsOf(values, name).map((text) => ruleNamed(text).id);
}

async function projectOf(world: World, operands: readonly string[], values: Values, unread: Unread): Promise<Project> {
  const supportEnd = timeOf(values, 'support-end');
  const now = timeOf(values, 'now') ?? world.now();
  const files = filesOf(operands, world.cwd, isWanted, unread);
  const offline: Project = {
    documents: await documentsOf(world, files, operands, unread),
    now,
    expiryLeadDays: numberOf(values, 'lead-days', 0, 3650) ?? DEFAULT_LEAD_DAYS,
    ...(supportEnd === undefined ? {} : { supportEnd }),
  };
  if (values['live'] !== true) return offline;
  const roots = textOf(values, 'live-roots');
  const trust = roots === undefined ? ('system' as const) : { pem: readText(roots) };
  const elsewhere = new Map(textsOf(values, 'connect').map(readElsewhere));
  return { ...offline, live: await lookAtHosts(world, offline, { trust, timeoutMs: LIVE_TIMEOUT_MS, elsewhere }) };
}

/** No configuration is larger than 4 MiB; data that happens to end in .json may be. */
const MAX_SOURCE = 4 << 20;

const isWanted = (path: string, size: () => number): boolean =>
  isArtifact(path) || (isOfInterest(path) && size() <= MAX_SOURCE);

async function documentsOf(
  world: World,
  files: readonly string[],
  operands: readonly string[],
  unread: Unread,
): Promise<Project['documents']> {
  const documents: Document[] = [];
  for (const file of files) {
    try {
      documents.push(...(await documentsOfFile(world, file, operands)));
    } catch (error) {
      unread.note(file, error);
    }
  }
  return documents;
}

async function documentsOfFile(world: World, file: string, operands: readonly string[]): Promise<readonly Document[]> {
  if (isArtifact(file)) return await readArtifactFile(world, file);
  return readDocuments(file, readInput(resolve(world.cwd, file)), judgedPath(file, operands, world.cwd));
}

function mend({ speech, cwd }: World, { documents }: Project, findings: readonly Finding[]): void {
  for (const [file, edits] of editsOf(findings)) {
    const text = documents.find((document) => document.file === file)?.text;
    if (text === undefined) continue;
    const path = resolve(cwd, file);
    writeWhole(path, markOf(path) + applyEdits(text, edits));
    speech.talk(
      `${plain(file)}: ${edits.length} ${edits.length === 1 ? 'edit' : 'edits'} made; run again for what is left`,
    );
  }
}

/** The byte order mark, which a document's text is without. */
function markOf(file: string): string {
  const [first, second, third] = readInput(file);
  return first === 0xef && second === 0xbb && third === 0xbf ? '\uFEFF' : '';
}

function report({ speech, cwd }: World, { format, reports }: Plan, reported: Reported): void {
  for (const { format: name, file } of reports) writeWhole(resolve(cwd, file), REPORTS[name](reported));
  if (format === 'pretty') tell(speech, reported);
  else speech.out(REPORTS[format](reported).trimEnd());
  speech.talk(summaryOf(reported));
  speech.result(toDocument(reported));
}

function summaryOf({ findings, suppressed, documents, known, unread }: Reported): string {
  const { error, warning, info } = countsOf(findings);
  const found = [counted(error, 'error'), counted(warning, 'warning'), counted(info, 'note')].join(', ');
  const rest = [
    known > 0 ? `${known} in the baseline` : '',
    suppressed.length > 0 ? `${suppressed.length} suppressed` : '',
    unread.length > 0 ? `${unread.length} not read` : '',
  ];
  return [`${found} in ${counted(documents, 'document')}`, ...rest.filter((part) => part !== '')].join('; ');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
