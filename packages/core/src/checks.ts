import { AssayError, type Detail } from './errors.ts';

/** One named, proven step of a verifier: what it follows and which codes it may stop with. */
export interface Check {
  /** Stable id, `format.step`, for example `apple.nonce`. */
  readonly id: string;
  /** Document and clause, for example `Apple: Validating apps that connect to your server, step 3`. */
  readonly clause: string;
  /** What holds once the check has passed, as a statement. */
  readonly proves: string;
  /** Every reason code this check may stop with. */
  readonly codes: readonly string[];
}

export type CheckOutcome = 'passed' | 'failed' | 'not_run';

/** What happened at one check, in a form that may be stored and shown to operators. */
export interface CheckResult {
  readonly check: string;
  readonly clause: string;
  readonly proves: string;
  readonly outcome: CheckOutcome;
  /** What was seen, in one line, without evidence bytes or device identifiers. */
  readonly note?: string;
  readonly code?: string;
  readonly detail?: Detail;
}

/** A check together with its body. The body returns what it proved, or throws a coded error out of `check.codes`. */
export interface CheckStep<State> extends Check {
  /** Runs the step; returns a one-line note for people, or nothing. */
  run(state: State): string | undefined;
}

/** A check that stopped with a code outside its own list: a programming fault, never a refusal. */
export class UndeclaredCode extends Error {
  override readonly name = 'UndeclaredCode';
}

/** The outcome of a list of checks: all passed, or the error that stopped it. */
export type CheckRun =
  | { readonly outcome: 'verified'; readonly checks: readonly CheckResult[] }
  | { readonly outcome: 'rejected'; readonly error: AssayError; readonly checks: readonly CheckResult[] };

/**
 * Runs the steps in order over one state and stops at the first that throws a coded error; the rest are `not_run`.
 * An uncoded throw, or a code that the step does not declare, passes through: a crash never becomes a decision.
 * An empty list is refused.
 */
export function runChecks<State>(steps: readonly CheckStep<State>[], state: State): CheckRun {
  if (steps.length === 0) throw new UndeclaredCode('a verifier without checks proves nothing');
  const checks: CheckResult[] = [];
  for (const [index, step] of steps.entries()) {
    try {
      checks.push(passed(step, step.run(state)));
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      if (!step.codes.includes(error.code)) {
        throw new UndeclaredCode(`${step.id} stopped with ${error.code}, which it does not declare`, { cause: error });
      }
      checks.push(failed(step, error), ...steps.slice(index + 1).map(notRun));
      return { outcome: 'rejected', error, checks };
    }
  }
  return { outcome: 'verified', checks };
}

const named = ({ id, clause, proves }: Check) => ({ check: id, clause, proves });

function passed(step: Check, note: string | undefined): CheckResult {
  return { ...named(step), outcome: 'passed', ...(note === undefined ? {} : { note }) };
}

function failed(step: Check, error: AssayError): CheckResult {
  return { ...named(step), outcome: 'failed', note: error.message, code: error.code, detail: error.detail };
}

function notRun(step: Check): CheckResult {
  return { ...named(step), outcome: 'not_run' };
}
