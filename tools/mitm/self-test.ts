import { join } from 'node:path';
import { runBattery } from './battery.ts';
import { type Client, commandOf, profileArgument, profileOf } from './clients.ts';
import type { Ready } from './provide.ts';
import { departures, doubtful, leaksOf, renewed, type Table, tableOf, wrongOf } from './table.ts';
import { readTable, writeTable } from './tables.ts';

/** What came of one client. */
export interface Finding {
  readonly words: string;
  /**
   * `differs`: this version did not what is written of it. `another`: another version than the written one did otherwise,
   * which is shown and no fault. `absent`: it could not be had here, and the words say why.
   */
  readonly state: 'agrees' | 'differs' | 'another' | 'absent';
  /** Tries once more what may be the doing of a busy machine; to be called when nothing else runs. */
  readonly retry?: () => Promise<Finding>;
}

export interface Examination {
  /** Folder of the lab that all clients trust. */
  readonly lab: string;
  /** Writes the table anew instead of comparing with it. */
  readonly isRecording: boolean;
  /** Cases, rows or groups; all of them when it is empty. */
  readonly only: readonly string[];
  readonly play: Play;
}

/** How a client is put through cases; throws where the positive controls fail. */
export type Play = (client: Client, ready: Ready, order: PlayOrder) => Promise<Table>;

interface PlayOrder {
  readonly lab: string;
  readonly only: readonly string[];
  /** Nothing runs beside it: one client at once, with time to spare. */
  readonly isAlone: boolean;
}

const LIMIT_S = 10;
const LIMIT_ALONE_S = 40;

/** By the command that users run. */
export const playBattery: Play = async (client, { version, env }, { lab, only, isAlone }) => {
  const { name, jobs } = client;
  const pace = isAlone ? { jobs: 1, limitSeconds: LIMIT_ALONE_S } : { jobs, limitSeconds: LIMIT_S };
  const report = await runBattery({
    profile: profileArgument(name),
    command: commandOf(client),
    lab,
    env,
    only,
    ...pace,
  });
  if (report.controls !== 'passed') throw new Error(`the positive controls ${report.controls}`);
  const recorded = new Date(report.startedAt).toISOString().slice(0, 10);
  return tableOf(report, { client: name, title: profileOf(name).title, version, recorded });
};

/** Runs the battery against a client and holds the result against its table and its profile, in both directions. */
export function examine(client: Client, examination: Examination): Promise<Finding> {
  return attempt(client, examination, { only: examination.only, isAlone: false });
}

interface Attempt extends Omit<PlayOrder, 'lab'> {
  /** What was seen when other clients ran beside it. */
  readonly before?: Table;
}

async function attempt(client: Client, examination: Examination, wish: Attempt): Promise<Finding> {
  const { lab, play } = examination;
  const startedAt = performance.now();
  const ready = await client.provide(join(lab, 'authority.pem')).catch(reasonOf);
  if (typeof ready === 'string') return { words: `${client.name}: absent: ${ready}`, state: 'absent' };
  try {
    const played = await play(client, ready, { lab, only: wish.only, isAlone: wish.isAlone });
    const seen = wish.before === undefined ? played : renewed(wish.before, played);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return judged(client, examination, seen, { seconds, isAlone: wish.isAlone });
  } catch (error) {
    const again = (): Promise<Finding> => attempt(client, examination, { ...wish, isAlone: true });
    const isWritten = readTable(client.name)?.version === ready.version;
    return {
      ...{ words: `${client.name}: ${ready.version}: ${reasonOf(error)}`, state: isWritten ? 'differs' : 'another' },
      ...(isWritten && !wish.isAlone ? { retry: again } : {}),
    };
  } finally {
    await ready.close?.();
  }
}

function judged(
  client: Client,
  examination: Examination,
  seen: Table,
  { seconds, isAlone }: { readonly seconds: number; readonly isAlone: boolean },
): Finding {
  const written = readTable(client.name);
  if (examination.isRecording) writeTable(seen);
  const isAnother = !examination.isRecording && written !== undefined && written.version !== seen.version;
  const faults = [...againstTable(written, seen, examination), ...againstProfile(seen, examination)];
  const other = faults.length > 0 && isAnother ? [`its table is that of ${written.version}: this does not count`] : [];
  const words = [
    `${client.name}: ${summaryOf(seen)}, ${seconds} s`,
    ...[...other, ...faults].map((each) => `  ${each}`),
  ];
  const again = written === undefined ? undecided(seen) : doubtful(narrowed(written, seen), seen);
  return {
    words: words.join('\n'),
    state: faults.length === 0 ? 'agrees' : isAnother ? 'another' : 'differs',
    ...(!isAlone && !isAnother && again.length > 0
      ? { retry: () => attempt(client, examination, { only: again, isAlone: true, before: seen }) }
      : {}),
  };
}

const undecided = ({ cases }: Table): string[] =>
  Object.entries(cases).flatMap(([id, { standing }]) => (standing === 'inconclusive' ? [id] : []));

function summaryOf(seen: Table): string {
  const count = Object.keys(seen.cases).length;
  return `${seen.version}, ${count} cases, ${leaksOf(seen).length} leaks, ${wrongOf(seen).length} wrong in all`;
}

function againstTable(written: Table | undefined, seen: Table, { isRecording, only }: Examination): string[] {
  if (isRecording) return [];
  if (written === undefined) return ['no table was ever recorded for it: npm run mitm:selftest -- --record'];
  return departures(only.length === 0 ? written : narrowed(written, seen), seen);
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
