import type { Assurance, Tier } from '@assay/core';
import type { FactPath } from './facts.ts';
import type { PolicyCode } from './reasons.ts';
import type { Requirement } from './requirement.ts';

/** Something that a proven fact shows. A claim never meets a condition. */
export interface Condition {
  readonly fact: FactPath;
  readonly require: Requirement;
}

/** Codes that a rule may give. */
export type RuleCode = Exclude<PolicyCode, 'policy.document_invalid'>;

export interface Rule {
  readonly id: string;
  /**
   * The rule applies unless a proven fact contradicts one of these: what is unknown never switches a rule off. At least
   * one rule of known `proven` has neither this nor `whenAbsent`: only such proof lifts a verdict.
   */
  readonly when?: readonly Condition[];
  readonly fact: FactPath;
  readonly require: Requirement;
  /** How well the fact must be known; `claimed` is content with either. */
  readonly known: 'proven' | 'claimed';
  /** An absent fact fails the rule, unless this says otherwise: for facts that genuine devices may not have. */
  readonly whenAbsent?: 'passes';
  readonly onFail: { readonly tier: Exclude<Tier, 'affirming'>; readonly code: RuleCode };
  /** Why the rule exists, for people. */
  readonly why: string;
}

/** Grants `level` when every condition is met. The highest level of all rows that are met counts. */
export interface AssuranceRow {
  readonly level: Exclude<Assurance, 'none'>;
  readonly when: readonly Condition[];
}

/** Rules as data. Also the JSON form, member for member. */
export interface Policy {
  readonly name: string;
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly assurance: readonly AssuranceRow[];
}
