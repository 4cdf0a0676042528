import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES, type Profile } from '@assay/mitm';
import { ROOT } from '../command.ts';
import { CLIENTS, profileOf } from './clients.ts';
import { leaksOf, type Row, type Table, wrongOf } from './table.ts';
import { readTable } from './tables.ts';

const PAGE: string = join(ROOT, 'docs/mitm-clients.md');

/** A client's profile with what was recorded of it. */
interface Recorded {
  readonly profile: Profile;
  readonly table: Table;
}

export function writePage(): void {
  writeFileSync(PAGE, renderPage());
}

/** The published table of clients, as the recorded tables have it. */
export function renderPage(): string {
  const recorded = CLIENTS.flatMap(({ name }): Recorded[] => {
    const table = readTable(name);
    return table === undefined ? [] : [{ profile: profileOf(name), table }];
  });
  return `${INTRODUCTION}\n${overview(recorded)}\n${DIFFERENCES}\n${matrix(recorded)}\n${REASONS}\n${reasons(recorded)}`;
}

const INTRODUCTION = `# What real clients do

This page is made out of recorded runs by \`npm run mitm:selftest -- --record\`, and a test compares the two. Each client ran the
whole battery of [mitm-cases.md](mitm-cases.md) by the command that users run. \`npm run mitm:selftest\` runs them again and fails
on any difference, in either direction: on a new leak, and on a leak that has gone. At another version of a client the differences
are shown and do not fail.

A leak is a case that is to be refused and in which application data arrived. The programs are in \`tools/mitm/clients\`. A
profile of each says what it can do; a case that needs more than that does not apply to it. \`assay mitm run\` knows the profiles by
their names: \`--profile curl-pinned\` runs curl, \`--profile okhttp-pinned --exec 'COMMAND'\` an app of one's own that uses OkHttp.
`;

const DIFFERENCES = `## Where they differ

✓ as a correct client does, ✗ not, ? nothing was proven, – does not apply. Reported cases show what was seen. Cases in which all
clients do the same are left out, and so are clients that are careless on purpose.
`;

const REASONS = `## Why they are wrong

Each departure with its reason. Who wants less writes a stricter client, or a stricter server.
`;

/** Careless on purpose: they show that the battery finds what there is to find. */
const CARELESS = new Set(['curl-plain', 'curl-insecure', 'node-careless', 'python-plain', 'reference-careless']);

function overview(recorded: readonly Recorded[]): string {
  const rows = recorded.map(({ table }) => [
    ...[table.client, table.title, table.version, table.recorded],
    ...[Object.keys(table.cases).length, leaksOf(table).length, wrongOf(table).length].map(String),
  ]);
  return tableOf(['client', 'what it is', 'version', 'recorded', 'cases', 'leaks', 'wrong in all'], rows);
}

function matrix(recorded: readonly Recorded[]): string {
  const shown = recorded.filter(({ table }) => !CARELESS.has(table.client));
  const rows = CASES.flatMap(({ id, title }) => {
    const cells = shown.map(({ table }) => cellOf(table.cases[id]));
    return new Set(cells.filter((cell) => cell !== '–')).size < 2 ? [] : [[id, title, ...cells]];
  });
  return tableOf(['case', 'what is shown', ...shown.map(({ table }) => table.client)], rows);
}

const MARKS: Readonly<Record<string, string>> = { right: '✓', wrong: '✗', inconclusive: '?' };

function cellOf(row: Row | undefined): string {
  if (row === undefined) return '–';
  return MARKS[row.standing] ?? row.outcome?.toLowerCase() ?? '';
}

function reasons(recorded: readonly Recorded[]): string {
  return recorded.map(({ profile }) => `### ${profile.name}\n\n${reasonsOf(profile)}`).join('\n');
}

/** Cases of one reason stand together. */
function reasonsOf({ known }: Profile): string {
  const whys = new Map<string, string[]>();
  for (const [id, { why }] of Object.entries(known)) whys.set(why, [...(whys.get(why) ?? []), id]);
  if (whys.size === 0) return 'Nothing was wrong.\n';
  return [...whys].map(([why, ids]) => `- ${ids.join(', ')}: ${why}\n`).join('');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

/** What is published now. */
export const published = (): string => readFileSync(PAGE, 'utf8');
