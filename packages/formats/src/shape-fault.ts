/** One thing that is not as it must be. Of the input it holds nothing but, apart from the rest, names of unknown members. */
export interface ShapeFault {
  /** Where, for example `$.rules[3].require.in[0]`. */
  readonly path: string;
  readonly expected: string;
  /** Members that are not known at the path: for the author of a document, not for a log of hostile input. */
  readonly unknown?: readonly string[];
  /** Beside `unknown`: the members that are. */
  readonly known?: readonly string[];
}

const MAX_NAMED = 8;

/** All that readers found wrong with one value. Callers turn it into an error of their own with {@link raising}. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly faults: readonly ShapeFault[];

  constructor(faults: readonly ShapeFault[]) {
    const named = faults.slice(0, MAX_NAMED).map(({ path, expected }) => `${path}: ${expected}`);
    const more = faults.length > MAX_NAMED ? [`and ${faults.length - MAX_NAMED} more`] : [];
    super([...named, ...more].join('; '));
    this.faults = faults;
  }
}

/** Throws {@link ShapeError} for one value. */
export function misfit(path: string, expected: string): never {
  throw new ShapeError([{ path, expected }]);
}

/** Runs a reading step; what it finds wrong is thrown as the error that the caller makes of it, every other error as it is. */
export function raising<T>(read: () => T, raise: (found: ShapeError) => Error): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw raise(error);
  }
}

/** What a step found wrong; any other error is not for a reader to collect. */
export function faultsOf(error: unknown): readonly ShapeFault[] {
  if (error instanceof ShapeError) return error.faults;
  throw error;
}

/** Runs every step and gives all results, or throws what all of them found wrong. */
export function together<T>(steps: readonly (() => T)[]): T[] {
  const results: T[] = [];
  const faults: ShapeFault[] = [];
  for (const step of steps) {
    try {
      results.push(step());
    } catch (error) {
      faults.push(...faultsOf(error));
    }
  }
  if (faults.length > 0) throw new ShapeError(faults);
  return results;
}
