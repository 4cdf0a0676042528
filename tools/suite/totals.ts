interface Counts {
  readonly tests: number;
  readonly passed: number;
  readonly skipped: number;
  readonly todo: number;
}

/** What one run, or all of them together, came to. */
export interface Summary {
  readonly success: boolean;
  readonly counts: Counts;
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The totals of a run, as its summary gives them. Whatever neither passed nor was skipped has failed. */
function totalsOf({ counts }: Summary): Totals {
  const skipped = counts.skipped + counts.todo;
  return { passed: counts.passed, failed: counts.tests - counts.passed - skipped, skipped };
}

/** Several runs as one. */
export function joined(summaries: readonly Summary[]): Summary {
  const sum = (member: keyof Counts) => summaries.reduce((total, { counts }) => total + counts[member], 0);
  return {
    success: summaries.every(({ success }) => success),
    counts: { tests: sum('tests'), passed: sum('passed'), skipped: sum('skipped'), todo: sum('todo') },
  };
}

/** A run without a single test looked at nothing, so it is not green. */
export function isGreen(summary: Summary): boolean {
  const { passed, failed } = totalsOf(summary);
  return summary.success && failed === 0 && passed > 0;
}

export function closingLine(summary: Summary): string {
  const { passed, failed, skipped } = totalsOf(summary);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
