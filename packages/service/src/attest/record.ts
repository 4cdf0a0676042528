import { createHash } from 'node:crypto';
import type { Appraisal, AppraisalRecord, Purpose, Verdict } from '@assay/core';
import { knownValue } from '@assay/core';
import { toBase64url, toHex } from '@assay/formats';
import { createSupportCode, type EvidencePiece, SUPPORT_CODE_RANDOM_BYTES } from '@assay/tokens';
import type { Service } from '../context.ts';
import { addressMark } from '../keys/hmac.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { Assessment } from './assess.ts';
import type { Situation } from './situation.ts';

/** What came with the connection and not with the request. */
export interface Caller {
  /** Client address, kept only as an HMAC under a daily key. */
  readonly address: string | undefined;
  /** Milliseconds that reading the request took. */
  readonly parseMs?: number;
}

export function newSupportCode({ random }: Pick<Service, 'random'>): string {
  return createSupportCode(random(SUPPORT_CODE_RANDOM_BYTES));
}

/** An id that sorts by time: 48 bits of milliseconds, then 80 random bits, as hex. */
function newId({ random, clock }: Pick<Service, 'random' | 'clock'>): string {
  return clock().toString(16).padStart(12, '0') + toHex(random(10));
}

/** The caller's address as records keep it. */
export function markOf(keys: IssuerKeys, { address }: Caller, at: number): string | null {
  return address === undefined ? null : addressMark(keys.record, new Date(at).toISOString().slice(0, 10), address);
}

/** The stored form of a decision: everything that is needed to make it again, except the evidence itself. */
export function toAppraisal(
  situation: Situation,
  assessment: Assessment,
  verdict: Verdict,
  caller: Caller,
  latencyMs: Readonly<Record<string, number>>,
): Appraisal {
  const { service, issuer, app, request, at } = situation;
  const { format, facts, checks, lineage } = assessment;
  const purpose: Purpose = request.statement.purpose;
  return {
    ...{ iss: issuer.iss, id: newId(service), support: newSupportCode(service), app: app.id, purpose, at },
    ...{ jkt: request.jkt, lineage, format, facts, verdict, checks },
    platform: knownValue(facts.platform) ?? null,
    requestHash: toBase64url(request.requestHash),
    record: recordOf(situation, assessment, caller, latencyMs),
  };
}

function recordOf(
  { service, keys, request, at }: Situation,
  { anchor, certificates }: Assessment,
  caller: Caller,
  latencyMs: Readonly<Record<string, number>>,
): AppraisalRecord {
  const { challenge, want, claims } = request.statement;
  return {
    ...{ challenge, at, anchor, certificates, latencyMs },
    evidenceDigests: request.evidence.map((piece) => ({ role: piece.role, digest: digestOf(piece) })),
    anchorsVersion: service.trust.version,
    statusListVersion: service.trust.statusList()?.version ?? null,
    sdk: claims.sdk,
    pinset: markText(want.pins),
    bundledPinset: markText(claims.bundled),
    challengeAgeMs: request.challenge.ageMs,
    addressHmac: markOf(keys, caller, at),
  };
}

/** SHA-256 of the bytes of a piece; a chain's certificates one after another. */
function digestOf(piece: EvidencePiece): string {
  const hash = createHash('sha256');
  if (piece.form === 'object') hash.update(piece.object);
  else if (piece.form === 'token') hash.update(piece.token);
  else for (const der of piece.chain) hash.update(der);
  return toBase64url(hash.digest());
}

function markText(mark: { readonly epoch: number; readonly v: number } | undefined): string | null {
  return mark === undefined ? null : `${mark.epoch}.${mark.v}`;
}
