import type { CheckResult } from '../../checks.ts';
import type { Facts } from '../../facts.ts';
import type { Stage } from '../../stages.ts';
import type { Assurance, Tier, Verdict } from '../../verdict.ts';

export type InstanceStatus = 'active' | 'superseded' | 'revoked' | 'banned';

/** One install, named by its key's thumbprint (RFC 7638, base64url). */
export interface Instance {
  readonly iss: string;
  readonly jkt: string;
  readonly app: string;
  /** Format it was enrolled by; a floor for every refresh. */
  readonly format: string;
  /** base64url SHA-256 of the platform's attested key: unique for each (iss, app, format). */
  readonly attestedKey: string;
  /** SPKI (base64url DER) of the platform's attested key, for assertions. */
  readonly attestedSpki: string;
  readonly lineage: string;
  readonly status: InstanceStatus;
  /** Unsigned 32-bit; 0 as attested. */
  readonly counter: number;
  readonly environment: string | null;
  /** Last attestation of the key, and last fresh platform evidence. */
  readonly vat: number;
  readonly fat: number;
  readonly createdAt: number;
  /** HMACs of the chain's certificate serials, so that a later revocation finds the instance. */
  readonly serialHmacs: readonly string[];
  /** Signal providers that reported with the last statement: one that goes silent later is noticed. */
  readonly reporters: readonly string[];
  /** The facts of the enrolment, carried into the appraisals of refreshes that bring no attestation of their own. */
  readonly facts: Facts;
}

/** What was known when a decision was made: enough to replay it. Holds no evidence bytes and no device identifier. */
export interface AppraisalRecord {
  /** base64url SHA-256 of each piece of evidence, in order. */
  readonly evidenceDigests: readonly { readonly role: string; readonly digest: string }[];
  /** For every certificate: HMACs of its serial and of its SPKI digest under the issuer's long-lived key. */
  readonly certificates: readonly { readonly serial: string; readonly spki: string }[];
  readonly challenge: string;
  /** Clock handed to the verifiers. */
  readonly at: number;
  readonly anchor: string | null;
  readonly anchorsVersion: string;
  readonly statusListVersion: string | null;
  readonly sdk: string | null;
  readonly pinset: string | null;
  readonly bundledPinset: string | null;
  readonly challengeAgeMs: number;
  /** HMAC of the client address under a daily key. */
  readonly addressHmac: string | null;
  /** What policies beside the one in force would have said: `name@version`, tier and assurance. */
  readonly shadows?: readonly ShadowVerdict[];
  /** Ids of the operator's orders that had a say. */
  readonly orders?: readonly string[];
  /** Stage of the app's roll-out at that time, with the share for `enforce N %`. */
  readonly rollout?: { readonly stage: Stage; readonly percent: number };
  readonly latencyMs: Readonly<Record<string, number>>;
}

/** The verdict of a policy that is only watched. */
export interface ShadowVerdict {
  readonly policy: string;
  readonly tier: Tier;
  readonly assurance: Assurance;
  readonly reasons: readonly string[];
}

export type Purpose = 'enrol' | 'refresh' | 'rekey' | 'step_up';

/** One decision about valid evidence. */
export interface Appraisal {
  readonly iss: string;
  /** Sortable by time. */
  readonly id: string;
  readonly support: string;
  readonly app: string;
  readonly purpose: Purpose;
  readonly at: number;
  readonly jkt: string;
  readonly lineage: string;
  readonly format: string;
  readonly platform: string | null;
  readonly requestHash: string;
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly record: AppraisalRecord;
}
