import type { Check, Reason } from '@assay/core';
import type { Appraisal } from '../shared/appraisal.ts';

/** What every piece of evidence is given, whatever its format. */
export interface PieceContext {
  /** The text that the app was to hand to the platform: the evidence must commit to it. */
  readonly binding: string;
  /** The 32 bytes that `binding` spells. */
  readonly bindingBytes: Uint8Array;
  /** Epoch milliseconds: the clock of this decision. */
  readonly at: number;
  /** The app's registered names for this format, never empty. */
  readonly apps: readonly string[];
}

/** What a format of an operator's own proves beside its facts. */
export interface CustomProven {
  /** Whom or what the evidence is about, stable over time, such as the number of a badge. */
  readonly subject: string;
}

/** A format of an operator's own, as one module describes it (`docs/evidence-port.md`). */
export interface EvidenceFormat {
  /** Role in statements, `x-…`; also its name in facts and records. */
  readonly role: `x-${string}`;
  readonly title: string;
  /** Codes begin with the role in underscores: `x_acme_badge.` for `x-acme-badge`. */
  readonly reasons: Readonly<Record<string, Reason>>;
  /** Every check, in the order in which they run. A verified appraisal reports each of them as passed. */
  readonly checks: readonly Check[];
  /** SHA-256 of every trust anchor, lower-case hex; never empty. */
  readonly anchors: readonly string[];
  readonly vectors: readonly FormatVector[];
  /** Why the evidence cannot carry the binding. A format that says so is open to replay, and its policy must know it. */
  readonly commitsToNothingBecause?: string;
  /** Pure and synchronous: text in, decision out. */
  verify(token: string, context: PieceContext): Appraisal<CustomProven>;
}

/** One case of a format: the token with what it is judged by. */
export interface FormatVector {
  readonly id: string;
  readonly token: string;
  readonly context: {
    /** base64url of 32 bytes. */
    readonly binding: string;
    /** ISO 8601, UTC. */
    readonly at: string;
    readonly apps: readonly string[];
  };
  readonly expected: 'accept' | 'reject';
  /** Code of a rejection. */
  readonly code?: string;
  readonly why: string;
}
