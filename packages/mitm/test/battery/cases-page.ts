import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES } from '../../src/battery/battery.ts';
import { BASES, ROWS } from '../../src/battery/data.ts';
import type { Setting } from '../../src/battery/grammar.ts';
import { readBattery } from '../../src/battery/parse.ts';
import { type Row, bases as readBases, row as readRow, VALID } from '../../src/battery/rows.ts';
import { differences } from '../../src/battery/setting.ts';
import { CAPABILITIES, CASE_GROUPS, type Case, type CaseGroup, STEPS } from '../../src/case.ts';

/** The page of every case, made out of the cases themselves. */
export const CASES_PAGE: string = join(import.meta.dirname, '../../../../docs/mitm-cases.md');

const GROUPS: Readonly<Record<CaseGroup, string>> = {
  control: 'What every correct client accepts. A client that refuses everything would pass all others.',
  trust: 'Who vouches for the server.',
  name: 'For whom the certificate is.',
  validity: 'When it holds.',
  authority: 'Who may issue, and for what.',
  extension: 'What a certificate says beyond that.',
  cryptography: 'What it is signed with, and what its key is worth.',
  revocation:
    'Whether it was taken back. Only for clients that check staples: the valid server has a good one for them.',
  transparency:
    'Whether logs have seen it. Only for clients whose list of logs can be replaced: the valid server has timestamps for them.',
  protocol:
    'How the connection is protected. The forbidden version or suite is answered whether the client offered it or not.',
  http: 'Where a client is led once it is connected.',
  session: 'What outlives a decision about trust, and what goes beside it.',
  'pin-set': 'How an app comes to its pins.',
  device: 'What only the device can show, or its clock.',
  endurance:
    'What a server can do to a client that does not trust it. The key is not pinned, so that a refusal is right; what counts is that it comes.',
};

const EXPECTED = { accept: 'accept', refuse: 'refuse', report: 'none, reported' } as const;

const { settings } = readBattery(ROWS, BASES);

export function renderCases(): string {
  return [
    ...HEAD,
    ...CASE_GROUPS.flatMap((group) => section(group)),
    ...['## Servers that cases differ from', '', 'No client is sent to these.', ''],
    ...table(['name', 'what it is', 'in its points'], Object.entries(readBases(BASES, '$')).map(baseRow)),
    ...['', '## What a client can do', ''],
    'A profile names what its client can do (docs/mitm.md). A case that needs more does not apply.',
    ...['', ...table(['capability', 'the client', 'cases'], Object.entries(CAPABILITIES).map(capabilityRow))],
    ...FORMAT,
  ].join('\n');
}

const HEAD = [
  '# The battery: every case of `assay mitm run`',
  '',
  'This page is made out of the cases by `node --conditions=@assay/source packages/mitm/test/battery/cases-page.ts`, and a test',
  'compares the two. How a run judges them is in [mitm.md](mitm.md).',
  '',
  'Each case is a server that differs from the valid one, or from another case, in exactly one member of its recipe; a test',
  'proves it. The valid server has a chain of a leaf, an intermediate and a root that the client trusts, the pinned key, the',
  'name of the host, dates around today, TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2. `assay mitm cases ID` tells more of one: what it',
  'needs of the client, the clauses that a correct client follows, and what clients were seen to do.',
  '',
  'Tests of OWASP MASTG are those of its second version. MASWE is numbered as in the list that MASTG refers to; the list of',
  'its own, which numbers anew, has 0028 for 0047, 0026 for 0050 and 0027 for 0052.',
  '',
];

const FORMAT = [
  '',
  '## Cases of your own',
  '',
  '`assay mitm run --cases FILE` runs cases of your own beside the battery, and with `--only X1` instead of it; `assay mitm cases',
  '--cases FILE` lists them. They have the form of `packages/mitm/src/battery/cases/*.json`. Members that nobody knows, a change',
  'of more than one member, and ids that are taken are refused:',
  '',
  '```json',
  JSON.stringify(
    {
      cases: [
        {
          ...{ id: 'X1', title: 'The intermediate of a neighbour', group: 'name', expect: 'refuse' },
          ...{ why: 'The neighbour could stand in for the host.', needs: ['lab-ca', 'lab-key'], from: 'valid' },
          ...{ masvs: ['MASVS-NETWORK-1'], mastg: [], maswe: [], clauses: ['RFC 5280 4.2.1.10'] },
          change: { chain: { intermediate: { permitted: ['neighbour.{parent}'] } } },
        },
      ],
    },
    undefined,
    2,
  ),
  '```',
  '',
  'A row of several cases has `variants` instead of `change`, each with a `letter`, a `title` and a `change`. A change has members',
  'of the recipe (`chain`, `tls`, `staple`, `http`, `raw`) or `host`, `steps`, `clock` (seconds), `pinSet`; names take',
  '`{host}`, `{parent}`, `{grandparent}`, `{initial}`, `{last}` and `{HOST}`. Beside `cases` there may be `bases`, as above: a',
  '`why`, a `from` and a `change` by name. Where the chain is the valid one, a `redirect`, `hsts` or `plain-request` makes a case',
  'about cleartext, and a request in TLS is then no leak. Steps are:',
  '',
  ...Object.entries(STEPS).map(([step, what]) => `- \`${step}\`: ${what}`),
  '',
];

function section(group: CaseGroup): string[] {
  const rows = ROWS.map((each) => readRow(each, '$')).filter((each) => each.group === group);
  const head = ['case', 'what is shown', 'in one point', 'expected', 'why', 'OWASP'];
  return [`## ${group}`, '', GROUPS[group], '', ...table(head, rows.flatMap(linesOf)), ''];
}

/** A row of one case, or what its variants share and then each of them. */
function linesOf(row: Row): string[][] {
  const cases = CASES.filter(({ id }) => id === row.id || id.startsWith(`${row.id}.`));
  if (row.variants === undefined) return cases.map((one) => [...cellsOf(one), row.why, owaspOf(row)]);
  const variants = cases.map((one) => [...cellsOf(one), one.why === row.why ? '' : one.why, '']);
  return [[`${anchor(row.id)}**${row.id}**`, `**${row.title}**`, '', '', row.why, owaspOf(row)], ...variants];
}

function cellsOf({ id, title, expect, from, mayRefuse }: Case): string[] {
  const expected = mayRefuse === undefined ? EXPECTED[expect] : `${EXPECTED[expect]}, or refuse: ${mayRefuse}`;
  return [`${anchor(id)}${id}`, title, changeOf(from, settings.get(id)), expected];
}

const owaspOf = ({ masvs, mastg, maswe }: Row): string => [...masvs, ...mastg, ...maswe].join(', ');

function baseRow([name, { why, from }]: [string, { readonly why: string; readonly from: string }]): string[] {
  return [name, why, changeOf(from, settings.get(name))];
}

function capabilityRow([name, what]: [string, string]): string[] {
  const needing = CASES.filter(({ needs }) => needs.some((each) => each === name));
  return [name, what, summary(needing.map(({ id }) => id))];
}

/** Rows of which several cases are meant, once; the most common capabilities by number. */
function summary(ids: readonly string[]): string {
  const rows = [...new Set(ids.map((id) => id.replace(/\.[a-z]$/, '')))];
  return rows.length > 12 ? `${ids.length} cases` : rows.join(', ');
}

/** The members in which a setting differs, with their values, and from what unless it is the valid server. */
function changeOf(from: string, setting: Setting | undefined): string {
  const origin = settings.get(from);
  if (setting === undefined || origin === undefined) throw new Error(`there is no setting ${from}`);
  const changes = differences(origin, setting).map((path) => `\`${path}: ${JSON.stringify(valueAt(setting, path))}\``);
  if (changes.length === 0) return from === VALID ? 'none' : `none, as ${from}`;
  return [...(from === VALID ? [] : [`from ${from}`]), ...changes].join(', ');
}

function valueAt(setting: Setting, path: string): unknown {
  let value: unknown = setting;
  for (const name of path.split('.')) value = Object.entries(value ?? {}).find(([each]) => each === name)?.[1];
  return value;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/<(?!a id="|\/a>)/g, '&lt;');

/** What links to a case lead to, reports in SARIF among them. */
const anchor = (id: string): string => `<a id="${id.toLowerCase()}"></a>`;

if (process.argv[1] === import.meta.filename) writeFileSync(CASES_PAGE, renderCases());
