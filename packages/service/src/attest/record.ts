import { createHash } from 'node:crypto';
import type { Appraisal, AppraisalRecord, Purpose } from '@assay/core';
import { knownValue } from '@assay/core';
import { parseBase64url, toBase64url } from '@assay/formats';
import { createSupportCode, type EvidencePiece, SUPPORT_CODE_RANDOM_BYTES } from '@assay/tokens';
import { sortableId } from '../admin/ids.ts';
import type { Service } from '../context.ts';
import type { Decision } from '../decide/decide.ts';
import { addressMark, hmacOf } from '../keys/hmac.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { Assessment } from './assessment.ts';
import type { Caller, Scene, Situation } from './situation.ts';

export function newSupportCode({ random }: Pick<Service, 'random'>): string {
  return createSupportCode(random(SUPPORT_CODE_RANDOM_BYTES));
}

/**
 * The code of an answer. In sealed mode one request has one code, whatever becomes of it and however often it is sent: a code that
 * changed would tell that nothing was committed.
 */
export function supportCodeOf(
  { service, keys, app }: Pick<Scene, 'service' | 'keys'> & { readonly app: Scene['app'] | undefined },
  requestHash: Uint8Array,
): string {
  if (app?.refusals !== 'sealed') return newSupportCode(service);
  const mark = parseBase64url(hmacOf(keys.record, 'assay/support/v1', toBase64url(requestHash)));
  return createSupportCode(mark.subarray(0, SUPPORT_CODE_RANDOM_BYTES));
}

/** The caller's address as records keep it. */
export function markOf(keys: IssuerKeys, { address }: Caller, at: number): string | null {
  return address === undefined ? null : addressMark(keys.record, new Date(at).toISOString().slice(0, 10), address);
}

/** What records keep of a message. */
export interface Message extends Pick<AppraisalRecord, 'challenge' | 'challengeAgeMs' | 'pinset' | 'bundledPinset'> {
  readonly purpose: Purpose;
  readonly jkt: string;
  readonly requestHash: Uint8Array;
  readonly evidence: readonly EvidencePiece[];
}

export function messageOf({ request }: Situation): Message {
  const { purpose, challenge, want, claims } = request.statement;
  return {
    ...{ purpose, jkt: request.jkt, requestHash: request.requestHash, evidence: request.evidence, challenge },
    challengeAgeMs: request.challenge.ageMs,
    pinset: markText(want.pins),
    bundledPinset: markText(claims.bundled),
  };
}

/** The stored form of a decision: everything that is needed to make it again, except the evidence itself. */
export function toAppraisal(
  scene: Scene,
  message: Message,
  assessment: Assessment,
  decision: Decision,
  latencyMs: Readonly<Record<string, number>>,
): Appraisal {
  const { service, issuer, app, at } = scene;
  const { purpose, jkt } = message;
  const { format, checks, lineage } = assessment;
  const { facts, verdict } = decision;
  return {
    ...{
      iss: issuer.iss,
      id: sortableId(service),
      support: supportCodeOf(scene, message.requestHash),
      app: app.id,
      purpose,
      at,
    },
    ...{ jkt, lineage, format, facts, verdict, checks },
    platform: knownValue(facts.platform) ?? null,
    requestHash: toBase64url(message.requestHash),
    record: recordOf(scene, message, assessment, decision, latencyMs),
  };
}

function recordOf(
  { service, keys, at, caller, sdk }: Scene,
  { challenge, challengeAgeMs, evidence, pinset, bundledPinset }: Message,
  { anchor, certificates }: Assessment,
  { shadows, orders, rollout }: Decision,
  latencyMs: Readonly<Record<string, number>>,
): AppraisalRecord {
  return {
    ...{ challenge, challengeAgeMs, at, anchor, certificates, latencyMs, sdk, pinset, bundledPinset },
    evidenceDigests: evidence.map((piece) => ({ role: piece.role, digest: digestOf(piece) })),
    anchorsVersion: service.trust.version,
    statusListVersion: service.trust.statusList()?.version ?? null,
    addressHmac: markOf(keys, caller, at),
    ...(shadows.length === 0 ? {} : { shadows }),
    ...(orders.length === 0 ? {} : { orders }),
    rollout,
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
