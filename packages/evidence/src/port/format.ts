import type { Check, CheckResult, Facts, Reason } from '@assay/core';
import type { Appraisal } from '../shared/appraisal.ts';

/** What every piece of evidence is given, whatever its format. */
export interface PieceContext {
  /** The text that the app was to hand to the platform: the evidence must commit to it. */
  readonly binding: string;
  /** The 32 bytes that `binding` spells. */
  readonly bindingBytes: Uint8Array;
  /** Epoch milliseconds: the clock of this decision. */
  readonly at: number;
  /** The app's registered names on this platform, never empty. */
  readonly apps: readonly string[];
}

/** What a verifier of an operator's own format proves beside its facts. */
export interface CustomProven {
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
}

/**
 * A format of an operator's own: one module whose default export is made by {@link defineFormat}. The conformance runner
 * tests it by its own vectors, as it tests the built-in ones.
 */
export interface EvidenceFormat {
  /** Role in statements, `x-…`. */
  readonly role: `x-${string}`;
  /** Stable name in facts and records. */
  readonly format: string;
  readonly title: string;
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly checks: readonly Check[];
  /** SHA-256 of every trust anchor, hex; never empty. */
  readonly anchors: readonly string[];
  readonly vectors: readonly FormatVector[];
  /** Pure: bytes in, decision out. */
  verify(token: string, context: PieceContext): Appraisal<{ readonly subject: string }>;
}

/** One case of a format: the token with what it is judged by. */
export interface FormatVector {
  readonly id: string;
  readonly token: string;
  readonly context: { readonly binding: string; readonly at: string; readonly apps: readonly string[] };
  readonly expected: 'accept' | 'reject';
  /** Code of a rejection. */
  readonly code?: string;
  readonly why: string;
}
