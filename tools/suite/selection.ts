import { TaskError } from '../task.ts';

/** What one run covers: the files, and patterns on the names of tests (empty: all of them). */
export interface Selection {
  readonly files: readonly string[];
  readonly namePatterns: readonly string[];
}

const NAME = '--name=';

/**
 * Filters as given after `npm test --`: a part of a test file's path chooses files, `--name=<pattern>` chooses tests by
 * name. Without filters everything runs; a filter that chooses nothing is an error, since an empty run would pass.
 */
export function selection(files: readonly string[], filters: readonly string[]): Selection {
  const paths = filters.filter((filter) => !filter.startsWith(NAME));
  const idle = paths.filter((path) => !files.some((file) => file.includes(path)));
  if (idle.length > 0)
    throw new TaskError(`no test file has ${idle.join(', ')} in its path; for test names, use ${NAME}<pattern>`);
  return {
    files: paths.length === 0 ? files : files.filter((file) => paths.some((path) => file.includes(path))),
    namePatterns: filters.filter((filter) => filter.startsWith(NAME)).map((filter) => filter.slice(NAME.length)),
  };
}
