import type { Spelled } from '../../../pinned-host.ts';
import type { Place } from '../../../place.ts';
import type { Document } from '../../../project.ts';
import type { TextEdit } from '../../rule.ts';

/** UTF-16 offsets of a place; undefined where the document is no text or the place has no end. */
export function rangeOf(
  { text }: Document,
  place: Place,
): { readonly start: number; readonly end: number } | undefined {
  const { line, column, endLine, endColumn } = place;
  if (text === undefined || endLine === undefined || endColumn === undefined || line < 1) return undefined;
  return { start: offsetOf(text, line, column), end: offsetOf(text, endLine, endColumn) };
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

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
