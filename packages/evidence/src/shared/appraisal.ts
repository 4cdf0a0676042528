import {
  type AssayError,
  type Check,
  type CheckResult,
  type CheckStep,
  ConfigError,
  type Facts,
  runChecks,
  UpstreamError,
} from '@assay/core';

/**
 * What a verifier says about one piece of evidence: what it proves, or the error that stopped it. `error.family` tells
 * a refusal (`evidence`) from a malformed request (`request`).
 */
export type Appraisal<P> =
  | {
      readonly outcome: 'verified';
      readonly proven: P;
      readonly facts: Facts;
      readonly checks: readonly CheckResult[];
    }
  | { readonly outcome: 'rejected'; readonly error: AssayError; readonly checks: readonly CheckResult[] };

/** What holds once every check has passed. */
export interface Conclusion<P> {
  readonly proven: P;
  readonly facts: Facts;
}

/**
 * Runs the checks in order over one state and draws the conclusion only when all have passed.
 *
 * @throws ConfigError, UpstreamError when a check met a fault that is not the device's: such a fault is no refusal.
 */
export function appraise<State, P>(
  steps: readonly CheckStep<State>[],
  state: State,
  conclude: (state: State) => Conclusion<P>,
): Appraisal<P> {
  const run = runChecks(steps, state);
  if (run.outcome === 'verified') return { outcome: 'verified', ...conclude(state), checks: run.checks };
  if (run.error instanceof ConfigError || run.error instanceof UpstreamError) throw run.error;
  return { outcome: 'rejected', error: run.error, checks: run.checks };
}

/**
 * As {@link appraise}, for checks that need what a caller may leave out: those that `applies` says no to are reported as
 * not run, in their places, and prove nothing.
 */
export function appraiseWhere<State, P>(
  steps: readonly CheckStep<State>[],
  applies: (step: Check) => boolean,
  state: State,
  conclude: (state: State) => Conclusion<P>,
): Appraisal<P> {
  const appraisal = appraise(steps.filter(applies), state, conclude);
  return { ...appraisal, checks: steps.map((step) => resultOf(step, appraisal.checks)) };
}

function resultOf({ id, clause, proves }: Check, results: readonly CheckResult[]): CheckResult {
  return results.find(({ check }) => check === id) ?? { check: id, clause, proves, outcome: 'not_run' };
}
