import type { Spelled } from '../../../pinned-host.ts';
import { createPlacer, lineStarts, type Place, type Placer } from '../../../place.ts';
import type { Document } from '../../../project.ts';
import type { TextEdit } from '../../rule.ts';

/** UTF-16 offsets of a place; undefined where the document is no text or the place has no end. */
export function rangeOf(
  document: Document,
  place: Place,
): { readonly start: number; readonly end: number } | undefined {
  const { text } = document;
  const { line, column, endLine, endColumn } = place;
  if (text === undefined || endLine === undefined || endColumn === undefined || line < 1) return undefined;
  const starts = STARTS.get(document) ?? lineStarts(text);
  STARTS.set(document, starts);
  const offsetOf = (row: number, offset: number): number => (starts[row - 1] ?? 0) + offset - 1;
  return { start: offsetOf(line, column), end: offsetOf(endLine, endColumn) };
}

/** Where the lines of a document begin: a file may have a finding in each. */
const STARTS = new WeakMap<Document, readonly number[]>();

/** Replaces a value where it stands; undefined unless the file spells it there exactly so, once (no entity, no escape). */
export function replacing(document: Document, { text: old, place }: Spelled, text: string): TextEdit | undefined {
  const range = rangeOf(document, place);
  if (range === undefined || document.text === undefined || old === '') return undefined;
  const slice = document.text.slice(range.start, range.end);
  const at = slice.indexOf(old);
  if (at === -1 || slice.includes(old, at + 1)) return undefined;
  const start = range.start + at;
  return editAt(document, { start, end: start + old.length }, text);
}

/** The edit of a stretch of a document's text; undefined where the document is no text. */
export function editAt(
  document: Document,
  { start, end }: Pick<TextEdit, 'start' | 'end'>,
  text: string,
): TextEdit | undefined {
  if (document.text === undefined) return undefined;
  const placer = PLACERS.get(document) ?? createPlacer(document.file, document.text);
  PLACERS.set(document, placer);
  return { file: document.file, start, end, text, place: placer.at(start, end) };
}

const PLACERS = new WeakMap<Document, Placer>();

/** `fix` of a report, where there is one. */
export const withFix = (fix: TextEdit | undefined): { readonly fix?: TextEdit } => (fix === undefined ? {} : { fix });
