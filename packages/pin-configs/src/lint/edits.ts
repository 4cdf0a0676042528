import type { Finding, TextEdit } from './rule.ts';

/** The edits of findings, by file, without those that overlap an earlier one: a second run mends what is left. */
export function editsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const files = new Set(edits.map(({ file }) => file));
  return new Map(Array.from(files, (file) => [file, withoutOverlaps(edits.filter((edit) => edit.file === file))]));
}

function withoutOverlaps(edits: readonly TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  }
  return kept;
}

/** A text with its edits made. Edits are in order and do not overlap, as {@link editsOf} gives them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight((done, { start, end, text: replacement }) => {
    return done.slice(0, start) + replacement + done.slice(end);
  }, text);
}
