import { globSync } from 'node:fs';
import { TaskError } from '../task.ts';

/** The folders that hold `src/` and `test/`; `tools` counts as one. */
const WORKSPACES = ['packages/*', 'apps/*', 'tools'];

export interface Workspace {
  readonly dir: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/** Every workspace with its source and test files, as paths relative to `root`. */
export function discover(root: string): Workspace[] {
  const find = (pattern: string) => globSync(pattern, { cwd: root }).sort();
  return WORKSPACES.flatMap(find).map((dir) => ({
    dir,
    sources: find(`${dir}/src/**/*.ts`),
    tests: find(`${dir}/test/**/*.test.ts`),
  }));
}

/** A workspace with sources but no test file would run nothing, and pass. */
export function assertEachHasTests(workspaces: readonly Workspace[]): void {
  const untested = workspaces.filter(({ sources, tests }) => sources.length > 0 && tests.length === 0);
  if (untested.length === 0) return;
  throw new TaskError(`no test file in ${untested.map(({ dir }) => dir).join(', ')}: add one below <workspace>/test/`);
}
