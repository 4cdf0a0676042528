import { join } from 'node:path';
import { runBattery } from './battery.ts';
import { type Client, profileOf, profilePath } from './clients.ts';
import type { Ready } from './provide.ts';
import { departures, leaksOf, type Table, tableOf, wrongOf } from './table.ts';
import { readTable, writeTable } from './tables.ts';

/** What came of one client. */
export interface Finding {
  readonly words: string;
  /** `absent`: it could not be had here, and the words say why. */
  readonly state: 'agrees' | 'differs' | 'absent';
}

export interface Examination {
  /** Folder of the lab that all clients trust. */
  readonly lab: string;
  /** Writes the table anew instead of comparing with it. */
  readonly isRecording: boolean;
  /** Cases, rows or groups; all of them when it is empty. */
  readonly only: readonly string[];
}

/** Runs the battery against a client and holds the result against its table and its profile, in both directions. */
export async function examine(client: Client, examination: Examination): Promise<Finding> {
  const startedAt = performance.now();
  const ready = await client.provide(join(examination.lab, 'authority.pem')).catch(reasonOf);
  if (typeof ready === 'string') return { words: `${client.name}: absent: ${ready}`, state: 'absent' };
  try {
    const seen = await decided(client, ready, examination);
    if (examination.isRecording) writeTable(seen);
    const faults = [...againstTable(seen, examination), ...againstProfile(seen, examination)];
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const words = [`${client.name}: ${summaryOf(seen)}, ${seconds} s`, ...faults.map((fault) => `  ${fault}`)];
    return { words: words.join('\n'), state: faults.length > 0 ? 'differs' : 'agrees' };
  } catch (error) {
    return { words: `${client.name}: ${reasonOf(error)}`, state: 'differs' };
  } finally {
    await ready.close?.();
  }
}

/**
 * What was not decided is tried once more: on a busy machine a client may not come to its request in time. A leak is
 * decided, and never tried again.
 */
async function decided(client: Client, ready: Ready, examination: Examination): Promise<Table> {
  const seen = await seenOf(client, ready, examination);
  const written = readTable(client.name)?.cases ?? {};
  const open = Object.entries(seen.cases).flatMap(([id, { standing }]) =>
    standing === 'inconclusive' && written[id]?.standing !== standing ? [id] : [],
  );
  if (open.length === 0) return seen;
  const again = await seenOf(client, ready, { ...examination, only: open });
  return { ...seen, cases: { ...seen.cases, ...again.cases } };
}

async function seenOf({ name, jobs }: Client, { version, env }: Ready, { lab, only }: Examination): Promise<Table> {
  const report = await runBattery({ profile: profilePath(name), lab, jobs, env, only });
  if (report.controls !== 'passed') throw new Error(`the positive controls ${report.controls}`);
  const recorded = new Date(report.startedAt).toISOString().slice(0, 10);
  return tableOf(report, { client: name, title: profileOf(name).title, version, recorded });
}

function summaryOf(seen: Table): string {
  const count = Object.keys(seen.cases).length;
  return `${seen.version}, ${count} cases, ${leaksOf(seen).length} leaks, ${wrongOf(seen).length} wrong in all`;
}

function againstTable(seen: Table, { isRecording, only }: Examination): string[] {
  if (isRecording) return [];
  const written = readTable(seen.client);
  if (written === undefined) return ['no table was ever recorded for it: npm run mitm:selftest -- --record'];
  const faults = departures(only.length === 0 ? written : narrowed(written, seen), seen);
  // Another version may be better or worse: its table is shown by what differs, and has to be recorded.
  const other =
    faults.length > 0 && written.version !== seen.version ? [`its table is that of ${written.version}`] : [];
  return [...other, ...faults];
}

/** Of the cases that were chosen. */
const narrowed = (written: Table, { cases }: Table): Table => ({
  ...written,
  cases: Object.fromEntries(Object.entries(written.cases).filter(([id]) => Object.hasOwn(cases, id))),
});

/** Every wrong case is known with its reason, and nothing is known that did not happen. */
function againstProfile(seen: Table, { only }: Examination): string[] {
  const { known } = profileOf(seen.client);
  const wrong = wrongOf(seen);
  const unknown = wrong.filter((id) => !Object.hasOwn(known, id));
  const asked = Object.keys(known).filter((id) => only.length === 0 || Object.hasOwn(seen.cases, id));
  return [
    ...unknown.map((id) => `${id}: ${seen.cases[id]?.outcome}, and the profile has no reason for it`),
    ...asked.filter((id) => !wrong.includes(id)).map((id) => `${id}: known to the profile, and not seen`),
  ];
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
