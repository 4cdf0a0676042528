import type { RunReport } from '@assay/mitm';

/** What one client was seen to do, once and on one version: written down, so that every later run is held against it. */
export interface Table {
  readonly client: string;
  readonly title: string;
  readonly version: string;
  /** The day of the recording: 2026-11-21. */
  readonly recorded: string;
  readonly cases: Readonly<Record<string, Row>>;
}

/** Standing and outcome, as reports have them. */
export interface Row {
  readonly standing: string;
  readonly outcome?: string;
}

/** The table of a run, in the order of the battery. Cases that do not apply are no part of it. */
export function tableOf(report: RunReport, about: Pick<Table, 'client' | 'title' | 'version' | 'recorded'>): Table {
  const applied = report.results.filter(({ standing }) => standing !== 'not-applicable');
  const rows = applied.map(({ case: { id }, standing, outcome }): [string, Row] => [
    id,
    outcome === undefined ? { standing } : { standing, outcome },
  ]);
  return { ...about, cases: Object.fromEntries(rows) };
}

/** How a run departs from the written table, in words; in both directions. */
export function departures(written: Table, seen: Table): string[] {
  return departing(written, seen).map((id) => {
    const [before, now] = [wordsOf(written.cases[id]), wordsOf(seen.cases[id])];
    return `${id}: ${before} in the table, ${now} here`;
  });
}

/**
 * Ids of the departures that may be the doing of a busy machine: whatever came too late, or not at all. A leak that the
 * table does not have is none of them: no delay makes application data.
 */
export function doubtful(written: Table, seen: Table): string[] {
  return departing(written, seen).filter((id) => {
    const now = seen.cases[id];
    return now !== undefined && !(now.standing === 'wrong' && now.outcome === 'LEAKED');
  });
}

/** The cases of `again` in the place of those that were seen before. */
export const renewed = (seen: Table, again: Table): Table => ({ ...seen, cases: { ...seen.cases, ...again.cases } });

function departing(written: Table, seen: Table): string[] {
  const ids = [...new Set([...Object.keys(written.cases), ...Object.keys(seen.cases)])];
  return ids.filter((id) => wordsOf(written.cases[id]) !== wordsOf(seen.cases[id]));
}

/**
 * Whether it leaked is part of the comparison, how exactly it refused is not: whether an alert or a reset comes first can
 * depend on who is faster.
 */
function wordsOf(row: Row | undefined): string {
  if (row === undefined) return 'not run';
  return row.outcome === 'LEAKED' ? `${row.standing} (LEAKED)` : row.standing;
}

/** Ids of the cases in which the client did what a correct one does not. */
export function wrongOf(table: Table): string[] {
  return Object.entries(table.cases).flatMap(([id, { standing }]) => (standing === 'wrong' ? [id] : []));
}

/** Ids of the refuse cases in which application data arrived. */
export function leaksOf(table: Table): string[] {
  return Object.entries(table.cases).flatMap(([id, { standing, outcome }]) =>
    standing === 'wrong' && outcome === 'LEAKED' ? [id] : [],
  );
}
