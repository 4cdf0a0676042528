import type { CheckResult } from '../../checks.ts';
import type { Facts } from '../../facts.ts';
import type { Verdict } from '../../verdict.ts';

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
  readonly latencyMs: Readonly<Record<string, number>>;
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
