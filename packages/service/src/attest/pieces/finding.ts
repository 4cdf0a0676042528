import type { CheckResult, Facts } from '@assay/core';
import type { Appraisal } from '@assay/evidence';
import type { EvidencePiece } from '@assay/tokens';
import { fault } from '../../fault.ts';
import { Rejected } from '../rejected.ts';
import type { Known, Situation } from '../situation.ts';

/** What the appraiser of one piece is given. */
export interface Bench {
  readonly situation: Situation & Known;
  readonly piece: EvidencePiece;
  /** The piece that this one stands beside, which holds. */
  readonly primary: Finding | undefined;
}

/** What one piece of evidence comes to. */
export interface Finding {
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
  /** The key that the platform attests with this piece. Without one, K is a key in software. */
  readonly attested?: AttestedKey;
  /** Of an assertion: what the stored counter rises to. */
  readonly counter?: number;
  /** What stands for evidence that commits to no key: it enrols one instance and no second one. */
  readonly once?: string;
  /** Epoch milliseconds, of evidence that may lie about for a while: else it was made for this very request. */
  readonly madeAt?: number;
  /** Of `dev` evidence: the grant that an enrolment uses once. */
  readonly grant?: string;
}

/** A platform's key, in the form that instances keep. */
export interface AttestedKey {
  /** base64url SHA-256 of the attested key, and its SubjectPublicKeyInfo or point. */
  readonly attestedKey: string;
  readonly attestedSpki: string;
  readonly environment: string | null;
  readonly anchor: string | null;
  readonly certificates: readonly { readonly serialHex: string; readonly spkiDigest: string }[];
  /** SHA-256 of the certificate of the key, where evidence beside it can name that. */
  readonly leafDigest?: Uint8Array;
  /** Serial of the certificate that attests on this device, or on its batch: the same for every key made there. */
  readonly deviceSerial?: string;
  /** An App Attest receipt, to be renewed at Apple. */
  readonly receipt?: Uint8Array;
}

/** What is proven, or the refusal with the checks that ran. */
export function holding<P>(appraisal: Appraisal<P>): Extract<Appraisal<P>, { outcome: 'verified' }> {
  if (appraisal.outcome === 'verified') return appraisal;
  throw new Rejected(appraisal.error, appraisal.checks);
}

/** For formats that attest no key. */
export function factsOf<P>(appraisal: Appraisal<P>): Finding {
  const { facts, checks } = holding(appraisal);
  return { facts, checks };
}

export function objectOf({ piece }: Bench): Uint8Array {
  if (piece.form === 'object') return piece.object;
  throw fault('service.evidence_not_accepted', { expected: 'an object' });
}

export function chainOf({ piece }: Bench): readonly Uint8Array[] {
  if (piece.form === 'chain') return piece.chain;
  throw fault('service.evidence_not_accepted', { expected: 'a chain' });
}

export function tokenOf({ piece }: Bench): string {
  if (piece.form === 'token') return piece.token;
  throw fault('service.evidence_not_accepted', { expected: 'a token' });
}
