import { AssayError } from '@assay/core';

/** What a case turned out to be: `right` and `wrong` against its expectation, or not to be decided here. */
export type Found = 'accept' | 'reject' | 'undecided';

export interface CaseOutcome {
  readonly found: Found;
  /** Reason codes, or why it could not be decided. */
  readonly reasons: readonly string[];
  /** Lines that explain the outcome: the failed check, the failed rules. */
  readonly trace: readonly string[];
}

/** One case of a set, ready to run. */
export interface CaseRun {
  readonly id: string;
  /** `either`: any typed outcome is right. */
  readonly expected: 'accept' | 'reject' | 'either';
  readonly why: string;
  run(): CaseOutcome;
}

export interface CaseSet {
  readonly name: string;
  /** Cases about rules that no profile of ours claims; reported apart. */
  readonly pedantic: boolean;
  readonly cases: readonly CaseRun[];
}

export type Mark = 'right' | 'wrong' | 'undecided';

export interface Marked {
  readonly id: string;
  readonly mark: Mark;
  readonly expected: CaseRun['expected'];
  readonly outcome: CaseOutcome;
  readonly why: string;
}

/**
 * Runs one case. A coded error is a typed outcome: a refusal, also of the trust that the case itself brings; undecided where
 * the case cannot be read or something else failed. An uncoded throw is a fault and passes through.
 */
export function markCase(run: CaseRun): Marked {
  const outcome = outcomeOf(run);
  return { id: run.id, mark: markOf(run, outcome), expected: run.expected, outcome, why: run.why };
}

function outcomeOf(run: CaseRun): CaseOutcome {
  try {
    return run.run();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const isRefusal = error.family !== 'upstream' && !error.code.startsWith('cli.');
    const { expected, found } = error.detail;
    const trace = [error.message, ...(expected ? [`expected ${expected}`] : []), ...(found ? [`found ${found}`] : [])];
    return { found: isRefusal ? 'reject' : 'undecided', reasons: [error.code], trace };
  }
}

function markOf({ expected }: CaseRun, { found }: CaseOutcome): Mark {
  if (found === 'undecided') return 'undecided';
  return expected === 'either' || expected === found ? 'right' : 'wrong';
}
