import type { Place } from '../place.ts';

/** Lines longer than this are cut around the place: minified files are one line. */
const WIDTH = 100;

/** The line of a place with a marker beneath it, or nothing when the text has no such line. */
export function excerptOf(text: string | undefined, { line, column, endLine, endColumn }: Place): readonly string[] {
  const whole = line < 1 ? undefined : text?.split('\n')[line - 1]?.replace(/\r$/, '');
  if (whole === undefined) return [];
  const from = Math.max(0, column - 1 - WIDTH / 2);
  const shown = whole.slice(from, from + WIDTH).replaceAll('\t', ' ');
  if (column < 1) return [shown];
  const end = endLine === line && endColumn !== undefined ? endColumn : column + 1;
  const marks = Math.max(1, Math.min(end - column, shown.length - (column - 1 - from)));
  return [shown, `${' '.repeat(column - 1 - from)}${'^'.repeat(marks)}`];
}
