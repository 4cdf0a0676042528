import type { Action, Assurance, OrderTarget, RefusalClass, Tier } from '@assay/core';
import type { Expression, ValueExpression } from './cel/expression.ts';
import type { FactPath, FactValue } from './facts.ts';
import type { PolicyCode } from './reasons.ts';
import type { Frame, Sight } from './view.ts';

/** Codes that a rule may give: registered ones, or the operator's own. */
export type RuleCode = Exclude<PolicyCode, 'policy.document_invalid' | 'policy.evaluation_failed'> | `custom.${string}`;

export interface Otherwise {
  readonly tier: Exclude<Tier, 'affirming'>;
  readonly code: RuleCode;
  /** What a device is told, for codes of the operator's own; a registered code brings its own. */
  readonly class?: RefusalClass;
  readonly action?: Action;
}

export interface Rule {
  readonly id: string;
  /** The rule applies unless proven facts say no: what is unknown never switches a rule off. */
  readonly when?: Expression;
  /** Yes, or the rule fails: unknown is not enough. */
  readonly require: Expression;
  /** Whether `require` sees proven facts alone, or claimed ones too. */
  readonly known: Sight;
  readonly otherwise: Otherwise;
  /** Why the rule exists, for people. */
  readonly why: string;
  /** Whether this rule, when it holds, lifts a verdict from `none`: only what is always to be proven does. */
  readonly lifts: boolean;
}

/** Grants `level` when proven facts say yes. The highest level of all rows that hold counts. */
export interface AssuranceRow {
  readonly level: Exclude<Assurance, 'none'>;
  readonly when: Expression;
}

/** What happens when a vendor or a list cannot be asked. */
export interface Outage {
  readonly vendor: 'deny' | 'degrade';
  readonly revocation: 'deny' | 'degrade';
  /** Highest assurance of a degraded verdict. */
  readonly assurance: Exclude<Assurance, 'none'>;
}

export interface Annotation {
  readonly name: string;
  readonly value: ValueExpression;
  readonly when?: Expression;
  readonly known: Sight;
}

export interface BanRule {
  readonly id: string;
  readonly when: Expression;
  readonly known: Sight;
  readonly target: OrderTarget;
  readonly durationMs: number;
  readonly reason: string;
}

export interface Example {
  readonly name: string;
  readonly device: string;
  /** Overrides, proven; null takes a fact away. */
  readonly with: Readonly<Partial<Record<FactPath, FactValue | null>>>;
  readonly claimed: Readonly<Partial<Record<FactPath, FactValue>>>;
  readonly raised: readonly string[];
  readonly degraded: readonly string[];
  /** Time of the appraisal, epoch milliseconds. */
  readonly at?: number;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly tier: Tier;
  readonly assurance?: Assurance;
  readonly reasons?: readonly string[];
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly bans?: readonly string[];
}

/** What is made once of a document, so that an evaluation only reads. */
export interface Program extends Frame {
  /** For what may see claims; undefined where everything looks at proven facts alone. */
  readonly claimed: Frame | undefined;
  readonly asksWeight: boolean;
}

/** A policy that was read and compiled by {@link parsePolicy}. */
export interface Policy {
  readonly name: string;
  readonly version: number;
  /** The document, exact text. */
  readonly source: string;
  readonly description: string;
  readonly outage: Outage;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly Rule[];
  readonly assurance: readonly AssuranceRow[];
  readonly annotations: readonly Annotation[];
  readonly bans: readonly BanRule[];
  readonly examples: readonly Example[];
  readonly program: Program;
}
