import { type Assurance, isAtLeast, type Verdict } from '@assay/core';

/** When a secret may leave, and how often. */
export interface DeliveryRule {
  readonly minimum: Exclude<Assurance, 'none'>;
  /** Deliver on tier `warning` too. */
  readonly onWarning: boolean;
  /** Deliveries for one lineage and UTC day; counted where the appraisal is committed. */
  readonly maxPerDay: number;
  /** Seconds after which the app forgets the secret. */
  readonly lifetime: number;
}

/** Whether the verdict is good enough for the secret. Says nothing about the daily count, which only the store knows. */
export function mayDeliver(rule: DeliveryRule, verdict: Verdict): boolean {
  const isTierEnough = verdict.tier === 'affirming' || (verdict.tier === 'warning' && rule.onWarning);
  return isTierEnough && verdict.assurance !== 'none' && isAtLeast(verdict.assurance, rule.minimum);
}
