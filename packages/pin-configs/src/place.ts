/** Where something stands. Lines and columns count from 1, columns in UTF-16 units; 0 when the file's form does not say. */
export interface Place {
  /** Path as the caller named it; inside a built app `app.apk!/res/xml/network.xml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Turns offsets into one text into places. */
export interface Placer {
  readonly file: string;
  /** `start` and `end` are UTF-16 offsets; `end` is exclusive. */
  at(start: number, end?: number): Place;
}

/** A placer for one text; the table of its lines is made once. */
export function createPlacer(file: string, text: string): Placer {
  const starts = lineStarts(text);
  return {
    file,
    at(start, end) {
      const from = positionOf(starts, start);
      if (end === undefined) return { file, ...from };
      const to = positionOf(starts, end);
      return { file, ...from, endLine: to.line, endColumn: to.column };
    },
  };
}

/** The offset at which each line of a text begins. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

function positionOf(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
