import type { Facts } from '../../facts.ts';
import type { Appraisal, Instance, InstanceStatus } from './appraisals.ts';
import type { Order } from './orders.ts';

export interface Redemption {
  /** base64url SHA-256 of the challenge text. */
  readonly challengeHash: string;
  /** base64url SHA-256 of the request JWS. */
  readonly requestHash: string;
  readonly expiresAt: number;
}

export type InstanceChange =
  | { readonly kind: 'enrol'; readonly instance: Instance }
  /** `counter` is present when an assertion by the stored attested key came along. */
  | {
      readonly kind: 'refresh';
      readonly jkt: string;
      readonly counter?: number;
      readonly fat: number;
      /** Replaces {@link Instance.reporters}, where it is given. */
      readonly reporters?: readonly string[];
      /** Replaces {@link Instance.facts}, where it is given: a companion's newest answer stands for the older one. */
      readonly facts?: Facts;
    }
  /** Proven by `cosign` of the old key, or by an assertion of the stored attested key (`counter`). */
  | { readonly kind: 'rekey'; readonly old: string; readonly counter?: number; readonly instance: Instance };

/** A secret that is to be delivered, with its daily limit for one lineage. */
export interface Delivery {
  readonly lineage: string;
  readonly secret: string;
  readonly version: number;
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly max: number;
}

export interface Acceptance {
  readonly iss: string;
  readonly redemption: Redemption;
  /** How often the same request may be answered again, as in {@link AttestStore.repeat}. */
  readonly maxReissues: number;
  readonly change: InstanceChange;
  readonly appraisal: Appraisal;
  readonly deliveries: readonly Delivery[];
  /** A grant for `dev` evidence that this enrolment uses once. */
  readonly grant?: string;
  /** Bans that a rule of the policy asks for. */
  readonly orders?: readonly Order[];
  /** Sealed evidence, only by the operator's choice, with its end date. */
  readonly retained?: { readonly sealed: string; readonly until: number };
}

export type AcceptOutcome =
  /** Committed. `delivered` names the secrets whose daily limit still had room. */
  | { readonly outcome: 'accepted'; readonly delivered: readonly string[] }
  /** The same request was committed before; it may be answered again from that appraisal. */
  | { readonly outcome: 'repeated'; readonly appraisal: Appraisal }
  | { readonly outcome: 'challenge_used' }
  | { readonly outcome: 'key_registered' }
  | { readonly outcome: 'counter_replayed' }
  /** The grant has ended or is used up. */
  | { readonly outcome: 'grant_spent' }
  | { readonly outcome: 'instance_unknown' }
  | { readonly outcome: 'instance_revoked' };

export interface AttestStore {
  /** The accepting transaction: redemption, instance, appraisal, deliveries, all or nothing (`docs/protocol.md`, State). */
  accept(acceptance: Acceptance): Promise<AcceptOutcome>;
  /** The appraisal already committed for this challenge by this very request, and counts one re-issue; at most `maxReissues`. */
  repeat(iss: string, redemption: Redemption, maxReissues: number): Promise<Appraisal | 'challenge_used' | undefined>;
  /** How often each secret was delivered to a lineage on a UTC day, `YYYY-MM-DD`. */
  deliveries(
    iss: string,
    lineage: string,
    day: string,
  ): Promise<readonly { readonly secret: string; readonly version: number; readonly times: number }[]>;
  instance(iss: string, jkt: string): Promise<Instance | undefined>;
  setInstanceStatus(iss: string, jkt: string, status: InstanceStatus): Promise<boolean>;
  /** Active instances whose chain holds one of these serial HMACs. */
  instancesBySerial(iss: string, serialHmac: string): Promise<readonly string[]>;
  appraisalBySupport(iss: string, support: string): Promise<Appraisal | undefined>;
  appraisal(iss: string, id: string): Promise<Appraisal | undefined>;
  /** Newest first; `before` is an appraisal id (keyset paging). */
  appraisals(iss: string, page: { readonly before?: string; readonly limit: number }): Promise<readonly Appraisal[]>;
  /** Evidence kept for this appraisal, sealed, while its end has not come. */
  retained(iss: string, appraisal: string): Promise<{ readonly sealed: string; readonly until: number } | undefined>;
  /** Deletes redemptions and retained evidence whose end has come, and delivery counts of past days; returns how many rows went. */
  expire(now: number): Promise<number>;
}
