import type { AppraisedFacts, StoredFacts } from '@assay/core';
import type { Service } from '../context.ts';
import type { Issuer } from '../issuers.ts';

const PAGE = 500;

export interface FactsWish {
  readonly app?: string;
  /** Epoch milliseconds, `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Id of a row to go on behind. */
  readonly after?: string;
  /** Rows at most. */
  readonly max: number;
}

/** Facts of stored appraisals, oldest first, read page by page as they are consumed. */
export async function* factsOf(
  { store }: Pick<Service, 'store'>,
  { iss }: Pick<Issuer, 'iss'>,
  { max, ...wish }: FactsWish,
): AsyncGenerator<AppraisedFacts> {
  let { after } = wish;
  for (let left = max; left > 0; ) {
    const limit = Math.min(PAGE, left);
    const rows = await store.appraisedFacts(iss, { ...wish, ...(after === undefined ? {} : { after }), limit });
    yield* rows;
    if (rows.length < limit) return;
    left -= rows.length;
    after = rows.at(-1)?.id;
  }
}

/** An appraisal as it is streamed: a million of them cross the wire for one simulation. */
export interface StreamedFacts extends Omit<AppraisedFacts, 'facts'> {
  readonly facts: StoredFacts;
}

const SECTIONS = ['app', 'key', 'device', 'chain', 'runtime', 'history', 'threats'] as const;

/** Without what `completeFacts` fills in, and of the trace only what refuses: a fifth of its size. */
export function toStreamed(row: AppraisedFacts): StreamedFacts {
  const sections = SECTIONS.map((name) => [name, withoutAbsent(row.facts[name])] as const);
  const facts: StoredFacts = { ...row.facts, ...Object.fromEntries(sections) };
  const trace = row.verdict.trace.filter(({ outcome }) => outcome === 'failed');
  return { ...row, facts, verdict: { ...row.verdict, trace } };
}

function withoutAbsent(section: object): object {
  return Object.fromEntries(Object.entries(section).filter(([, fact]) => fact.known !== 'absent'));
}
