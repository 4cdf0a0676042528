import type { Spelled } from '../../../pinned-host.ts';
import { lineStarts, type Place } from '../../../place.ts';
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
  return { file: document.file, start, end: start + old.length, text };
}

/** `fix` of a report, where there is one. */
export const withFix = (fix: TextEdit | undefined): { readonly fix?: TextEdit } => (fix === undefined ? {} : { fix });
