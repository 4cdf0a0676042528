import { relative } from 'node:path';

/** What of a run is worth saying again at its end. */
export interface Remarks {
  /** Each failed test: its name below those of its suites, and where it stands. */
  readonly failed: readonly string[];
  /** Why something was skipped, once for each test or suite: the counts leave out the tests of a skipped suite. */
  readonly skipped: readonly string[];
}

/** The members of the test runner's events that remarks are made of. */
export interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details?: object;
}

export const NO_REMARKS: Remarks = { failed: [], skipped: [] };

const MAX_LINES = 40;

/** Listens to the events of one run, in the order in which they come. */
export class RemarkTaker {
  readonly #root: string;
  #names: readonly string[] = [];
  readonly #failed: string[] = [];
  readonly #skipped: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  get remarks(): Remarks {
    return { failed: this.#failed, skipped: this.#skipped };
  }

  /** Starts come in the order of the reports, so the names above a test are those that started last. */
  started({ name, nesting }: TestEvent): void {
    this.#names = [...this.#names.slice(0, nesting), name];
  }

  passed({ skip }: TestEvent): void {
    if (skip !== undefined && skip !== false) this.#skipped.push(typeof skip === 'string' ? skip : 'no reason given');
  }

  failed(event: TestEvent): void {
    const isOfItsTests = failureTypeOf(event) === 'subtestsFailed';
    const isExpected = event.todo !== undefined && event.todo !== false;
    if (!isOfItsTests && !isExpected) this.#failed.push(this.#described(event));
  }

  #described({ name, nesting, file, line }: TestEvent): string {
    const names = [...this.#names.slice(0, nesting), name].join(' › ');
    return file === undefined ? names : `${names}  (${relative(this.#root, file)}:${line})`;
  }
}

/** The runner's errors have it; their published type does not. */
function failureTypeOf({ details = {} }: TestEvent): unknown {
  const error = 'error' in details ? details.error : undefined;
  return typeof error === 'object' && error !== null && 'failureType' in error ? error.failureType : undefined;
}

/** The remarks of all runs as lines, empty where there are none. */
export function remarkLines(all: readonly Remarks[]): readonly string[] {
  const failed = all.flatMap((each) => each.failed);
  const skipped = Map.groupBy(
    all.flatMap((each) => each.skipped),
    (reason) => reason,
  );
  const reasons = [...skipped].map(([reason, { length }]) => `${length} × ${reason}`);
  return [...listed('failed:', failed), ...listed('skipped:', reasons)];
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const left = lines.length - MAX_LINES;
  return [title, ...lines.slice(0, MAX_LINES).map((line) => `  ${line}`), ...(left > 0 ? [`  and ${left} more`] : [])];
}
