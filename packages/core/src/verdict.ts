/** AR4SI tiers (`reference/standards.md` 1.5). */
export type Tier = 'affirming' | 'warning' | 'contraindicated' | 'none';
export type Assurance = 'high' | 'substantial' | 'low' | 'none';

/** Assurance levels from weakest to strongest. */
export const ASSURANCES: readonly Assurance[] = ['none', 'low', 'substantial', 'high'];

/** The `acr` value of an assurance level. */
export type Acr = `urn:assay:app:${Assurance}`;

export function toAcr(assurance: Assurance): Acr {
  return `urn:assay:app:${assurance}`;
}

/** True when `actual` is at least `required`. */
export function isAtLeast(actual: Assurance, required: Assurance): boolean {
  return ASSURANCES.indexOf(actual) >= ASSURANCES.indexOf(required);
}

/** What one rule of a policy saw and decided. */
export interface RuleTrace {
  readonly rule: string;
  readonly outcome: 'held' | 'failed' | 'not_applicable';
  /** Reason code when the rule failed. */
  readonly code?: string;
  readonly expected: string;
  readonly found: string;
  /** How the fact that the rule looked at is known. */
  readonly known: 'proven' | 'claimed' | 'absent' | 'mixed';
}

/** The policy's decision about one appraisal. Begins at rejected: only tier `affirming` or `warning` may carry a token. */
export interface Verdict {
  readonly tier: Tier;
  readonly assurance: Assurance;
  readonly reasons: readonly string[];
  /** `name@version` of the policy that decided. */
  readonly policy: string;
  readonly trace: readonly RuleTrace[];
  /** What the policy writes into the token, by name. */
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  /** What could not be asked, for example `play_unavailable`: the token says it as a claim. */
  readonly degraded?: readonly string[];
  /** Why an instance that the rules refuse is let through all the same. The tier, assurance and reasons stay as they are. */
  readonly admitted?: Admission;
}

/** A roll-out stage that does not refuse yet, the share that `enforce N %` leaves out, an order, or a pass for one instance. */
export type Admission = 'off' | 'monitor' | 'soft' | 'unsampled' | 'enforce_off' | 'forced_pass';

/** Whether this instance gets a token: by the rules, or although they refuse it. */
export function isAdmitted(verdict: Verdict): boolean {
  return isPassing(verdict) || verdict.admitted !== undefined;
}

/** Whether this verdict may carry a token by the rules alone. */
export function isPassing(verdict: Pick<Verdict, 'tier' | 'assurance'>): boolean {
  return (verdict.tier === 'affirming' || verdict.tier === 'warning') && verdict.assurance !== 'none';
}
