import type { Detail, Stage } from '@assay/core';
import type { AnswerCode } from './answers.ts';

/**
 * One decision, for logs and metrics. Holds no token, proof, nonce, path or address: what it names is a pseudonym for this
 * API.
 */
export interface VerificationEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly stage: Exclude<Stage, 'off'>;
  readonly outcome: 'admitted' | 'unattested' | 'refused';
  /** Reason code when something did not hold. */
  readonly code?: string;
  /** The public code that the caller is, or at stage enforce would be, shown. */
  readonly problem?: AnswerCode;
  /** For the operator alone. */
  readonly detail?: Detail;
  /** What the refused caller can read to support. */
  readonly support?: string;
  /** App and pseudonym of the install, once its token was verified. */
  readonly app?: string;
  readonly instance?: string;
  /** With code `middleware.decoy_refused`: how many calls by this install were refused so, this one and those before in this process. */
  readonly decoys?: number;
}
