import { join } from 'node:path';
import { runBattery } from './battery.ts';
import { type Client, profileOf, profilePath } from './clients.ts';
import type { Ready } from './provide.ts';
import { departures, leaksOf, type Table, tableOf, wrongOf } from './table.ts';
import { readTable, writeTable } from './tables.ts';

/** What came of one client. */
export interface Finding {
  readonly words: string;
  readonly failed: boolean;
  /** The client could not be had here. */
  readonly absent: boolean;
}

export interface Examination {
  /** Folder of the lab that all clients trust. */
  readonly lab: string;
  /** Writes the table anew instead of comparing. */
  readonly isRecording: boolean;
  readonly only: readonly string[];
}

/** Runs the battery against a client and holds the result against the table and the profile, in both directions. */
export async function examine(client: Client, { lab, isRecording, only }: Examination): Promise<Finding> {
  const startedAt = performance.now();
  const ready = await client.provide(join(lab, 'authority.pem')).catch((error: unknown) => reasonOf(error));
  if (typeof ready === 'string') return { words: `${client.name}: absent: ${ready}`, failed: false, absent: true };
  try {
    const seen = await tableBy(client, ready, lab, only);
    if (isRecording) writeTable(seen);
    const faults = [...(isRecording ? [] : againstTable(seen, only)), ...againstProfile(seen, only)];
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const summary = `${client.name} (${seen.version}): ${leaksOf(seen).length} leaks, ${wrongOf(seen).length} wrong, of ${Object.keys(seen.cases).length} cases, ${seconds} s`;
    return {
      words: [summary, ...faults.map((fault) => `  ${fault}`)].join('\n'),
      failed: faults.length > 0,
      absent: false,
    };
  } finally {
    await ready.close?.();
  }
}

async function tableBy(
  { name, jobs }: Client,
  { version, env }: Ready,
  lab: string,
  only: readonly string[],
): Promise<Table> {
  const report = await runBattery({ profile: profilePath(name), lab, jobs, env, only });
  if (report.controls !== 'passed') throw new Error(`${name}: the positive controls: ${report.controls}`);
  const recorded = new Date(report.startedAt).toISOString().slice(0, 10);
  return tableOf(report, { client: name, title: profileOf(name).title, version, recorded });
}

function againstTable(seen: Table, only: readonly string[]): string[] {
  const written = readTable(seen.client);
  if (written === undefined) return ['no table was ever recorded for it: npm run mitm:selftest -- --record'];
  const other = written.version === seen.version ? [] : [`the table is that of ${written.version}`];
  const differing = departures(only.length === 0 ? written : narrowed(written, seen), seen);
  return differing.length === 0 ? [] : [...other, ...differing];
}

/** Of the cases that were chosen. */
const narrowed = (written: Table, { cases }: Table): Table => ({
  ...written,
  cases: Object.fromEntries(Object.entries(written.cases).filter(([id]) => Object.hasOwn(cases, id))),
});

/** Every wrong case is known with its reason, and nothing is known that did not happen. */
function againstProfile(seen: Table, only: readonly string[]): string[] {
  const { known } = profileOf(seen.client);
  const wrong = wrongOf(seen);
  const unknown = wrong.filter((id) => !Object.hasOwn(known, id));
  const cured = Object.keys(known).filter(
    (id) => !wrong.includes(id) && (only.length === 0 || Object.hasOwn(seen.cases, id)),
  );
  return [
    ...unknown.map((id) => `${id}: ${seen.cases[id]?.outcome}, and the profile gives no reason`),
    ...cured.map((id) => `${id}: known by the profile, and not seen`),
  ];
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
