import { createReadStream } from 'node:fs';
import { type AppraisedFacts, completeFacts } from '@assay/core';
import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import type { World } from '../command.ts';
import { codeOf, inWords } from '../errno.ts';
import { jsonLines } from '../json-lines.ts';
import { fault } from '../reasons.ts';

type Row = Readonly<Record<string, unknown>>;

const KNOWN: ReadonlySet<unknown> = new Set(['proven', 'claimed', 'absent']);
const SECTIONS = ['app', 'key', 'device', 'chain', 'runtime', 'history', 'threats'] as const;
const TEXTS = ['id', 'app', 'purpose', 'lineage'] as const;

/** Written out by hand: a million of them are read for one simulation. */
function isAppraisedFacts(value: unknown): value is AppraisedFacts {
  if (!isRow(value) || !isRow(value['facts']) || !isRow(value['verdict'])) return false;
  const { at, platform, facts, verdict } = value as {
    readonly at?: unknown;
    readonly platform?: unknown;
    readonly facts: Row;
    readonly verdict: Row;
  }; // by the line before
  const isHead = TEXTS.every((name) => typeof value[name] === 'string') && typeof at === 'number';
  return isHead && (platform === null || typeof platform === 'string') && isFacts(facts) && isVerdict(verdict);
}

function isFacts(facts: Row): boolean {
  const sections = SECTIONS.map((name) => facts[name] ?? {});
  const isSound = sections.every((section) => isRow(section) && Object.values(section).every(isFact));
  return facts['v'] === 1 && isSound && isFact(facts['platform']) && Array.isArray(facts['evidence'] ?? []);
}

function isVerdict({ tier, assurance, reasons, trace }: Row): boolean {
  return typeof tier === 'string' && typeof assurance === 'string' && Array.isArray(reasons) && Array.isArray(trace);
}

function isFact(fact: unknown): boolean {
  return isRow(fact) && KNOWN.has(fact['known']) && (fact['known'] === 'absent' || fact['value'] !== undefined);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One appraisal as the server streams it, of whatever release. */
export const FactsLine: z.ZodType<AppraisedFacts> = z
  .custom<AppraisedFacts>(isAppraisedFacts)
  .transform((row): AppraisedFacts => ({ ...row, facts: completeFacts(row.facts) }));

/** Which appraisals of a server: epoch milliseconds, `from` inclusive, `to` exclusive. */
export interface FactsWindow {
  readonly from: number;
  readonly to: number;
  readonly app: string | undefined;
}

/** Rows of one answer; the server gives a million at most. */
const PAGE = 250_000;

/** All the rows of a window, oldest first, however many answers they take: an end that is only that of an answer is none. */
export async function* fetchFacts(
  { lines }: Pick<Admin, 'lines'>,
  { from, to, app }: FactsWindow,
  page: number = PAGE,
): AsyncGenerator<AppraisedFacts> {
  const query = new URLSearchParams({ from: String(from), to: String(to), limit: String(page) });
  if (app !== undefined) query.set('app', app);
  for (let left = 0; left === 0; ) {
    left = page;
    for await (const row of lines(`facts?${query}`, FactsLine)) {
      left -= 1;
      query.set('after', row.id);
      yield row;
    }
  }
}

/**
 * The rows of a file, or of stdin for `-`, one after another.
 *
 * @throws UpstreamError `cli.file_unreadable`; RequestError `cli.document_invalid` naming the line
 */
export async function* readFacts({ stdin }: Pick<World, 'stdin'>, path: string): AsyncGenerator<AppraisedFacts> {
  let line = 0;
  for await (const json of jsonLines(path === '-' ? bytesOf(stdin) : readParts(path))) {
    line += 1;
    const row = FactsLine.safeParse(json);
    if (!row.success) {
      const expected = 'the rows of `GET facts`, with id, at, app, purpose, platform, lineage, facts and verdict';
      throw fault('cli.document_invalid', { message: `document ${line} is no appraisal`, expected });
    }
    yield row.data;
  }
}

async function* readParts(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield Buffer.from(part);
  } catch (error) {
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(codeOf(error)) }, error);
  }
}

async function* bytesOf(parts: World['stdin']): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield Buffer.from(part);
}
