import type { CodeFact, FactKind, Language } from './facts.ts';
import { matchAt, type Pattern, patternOf } from './pattern.ts';
import { type RegionKind, regionText } from './region.ts';
import type { Source } from './source.ts';

/** One way in which code does something with TLS. */
export interface FactRow {
  readonly kind: FactKind;
  /** The call, as its library's documentation spells it. */
  readonly what: string;
  readonly in: readonly Language[];
  /** See {@link Pattern}. */
  readonly pattern: string;
  /** What must hold of the region behind the pattern, and what must not. Its tokens are joined by spaces. */
  readonly region?: RegionKind;
  readonly is?: readonly RegExp[];
  readonly not?: readonly RegExp[];
  /** Words of which the file has at least one, and of which it has none. */
  readonly fileHas?: readonly string[];
  readonly fileLacks?: readonly string[];
}

interface CompiledRow extends FactRow {
  readonly compiled: Pattern;
}

/** Rows by language and by the first token of their patterns. */
export type FactTable = ReadonlyMap<Language, ReadonlyMap<string, readonly CompiledRow[]>>;

export function factTable(rows: readonly FactRow[]): FactTable {
  const table = new Map<Language, Map<string, CompiledRow[]>>();
  for (const row of rows) {
    const compiled = { ...row, compiled: patternOf(row.pattern) };
    for (const language of row.in) {
      const byFirst = table.get(language) ?? new Map<string, CompiledRow[]>();
      table.set(language, byFirst);
      for (const first of compiled.compiled.first) byFirst.set(first, [...(byFirst.get(first) ?? []), compiled]);
    }
  }
  return table;
}

/** A file that has more calls than this about TLS is no source that somebody wrote. */
const MAX_MATCHES = 2000;

/** Every fact of a source, in its order; one of a kind a place. */
export function findFacts(source: Source, table: FactTable): readonly CodeFact[] {
  const rows = table.get(source.language);
  const found = new Map<string, CodeFact>();
  let matches = 0;
  source.tokens.forEach((token, index) => {
    for (const row of rows?.get(token.text) ?? []) {
      const end = matchAt(source.tokens, index, row.compiled.pieces);
      if (end === undefined || matches > MAX_MATCHES) continue;
      matches += 1;
      const fact = factAt(source, row, index, end);
      if (fact !== undefined) found.set(`${row.kind} ${token.start}`, found.get(`${row.kind} ${token.start}`) ?? fact);
    }
  });
  return [...found.values()];
}

function factAt(source: Source, row: CompiledRow, index: number, end: number): CodeFact | undefined {
  if (!fileFits(source, row) || !regionFits(source, row, end)) return undefined;
  const from = source.tokens[index]?.start ?? 0;
  return { kind: row.kind, what: row.what, place: source.placer.at(from, source.tokens[end - 1]?.end) };
}

function fileFits({ words }: Source, { fileHas, fileLacks = [] }: FactRow): boolean {
  return (fileHas?.some((word) => words.has(word)) ?? true) && !fileLacks.some((word) => words.has(word));
}

function regionFits(source: Source, { region, is = [], not = [] }: FactRow, end: number): boolean {
  if (region === undefined) return true;
  const text = regionText(source, region, end);
  if (text === undefined) return false;
  return is.every((each) => each.test(text)) && !not.some((each) => each.test(text));
}
