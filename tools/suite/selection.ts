/** What one run covers: the files, and patterns on the names of tests (empty: all of them). */
export interface Selection {
  readonly files: readonly string[];
  readonly namePatterns: readonly string[];
}

/**
 * Filters as given after `npm test --`: one that is part of a test file's path chooses files, any other one is a pattern
 * on test names. Without filters everything runs.
 */
export function selection(files: readonly string[], filters: readonly string[]): Selection {
  const onPath = filters.filter((filter) => files.some((file) => file.includes(filter)));
  const chosen = files.filter((file) => onPath.some((filter) => file.includes(filter)));
  return {
    files: onPath.length > 0 ? chosen : files,
    namePatterns: filters.filter((filter) => !onPath.includes(filter)),
  };
}
