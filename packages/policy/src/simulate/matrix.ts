/** How many went from one value to another. */
export interface MatrixCell<T> {
  readonly old: T;
  readonly new: T;
  readonly appraisals: number;
}

export interface Matrix<T> {
  add(old: T, next: T): void;
  /** Every pair, in the order of `values`, empty ones too. */
  cells(): readonly MatrixCell<T>[];
}

export function createMatrix<T>(values: readonly T[]): Matrix<T> {
  const counts = values.map(() => values.map(() => 0));
  return {
    add: (old, next) => {
      const row = counts[values.indexOf(old)];
      const column = values.indexOf(next);
      if (row !== undefined && column >= 0) row[column] = (row[column] ?? 0) + 1;
    },
    cells: () =>
      values.flatMap((old, row) =>
        values.map((next, column) => ({ old, new: next, appraisals: counts[row]?.[column] ?? 0 })),
      ),
  };
}
