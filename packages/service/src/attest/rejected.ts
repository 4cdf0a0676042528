import type { AssayError, CheckResult } from '@assay/core';

/** Evidence that does not hold, with the run of checks that says so. Caught where the refusal is made. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly error: AssayError;
  readonly checks: readonly CheckResult[];

  constructor(error: AssayError, checks: readonly CheckResult[]) {
    super(error.message, { cause: error });
    this.error = error;
    this.checks = checks;
  }
}
