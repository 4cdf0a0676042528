import type { CheckResult, Facts, InstanceChange } from '@assay/core';
import type { Outage } from './appraise.ts';

/** What the evidence of one request comes to: facts for the policy, and what happens to the instance. */
export interface Assessment {
  readonly format: string;
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
  readonly change: InstanceChange;
  readonly lineage: string;
  /** Names the platform's attested key, or K where there is none. */
  readonly attestedKey: string;
  readonly anchor: string | null;
  readonly certificates: readonly { readonly serial: string; readonly spki: string }[];
  /** Last attestation of the key, last fresh platform evidence. */
  readonly vat: number;
  readonly fat: number;
  /** Vendors that did not answer. Whether that stops the request is the policy's to say. */
  readonly outages: readonly Outage[];
  /** Signal providers that reported before and say nothing now. */
  readonly silent: readonly string[];
  /** A grant for `dev` evidence, which an enrolment uses once. */
  readonly grant?: string;
  /** An App Attest receipt, to be renewed at Apple. */
  readonly receipt?: Uint8Array;
}
