import type { Acceptance } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { openRow, sealRow } from '@assay/secrets';
import type { EvidencePiece, Role } from '@assay/tokens';
import { z } from 'zod';
import type { Service } from '../context.ts';
import type { Situation } from './situation.ts';

const DAY_MS = 86_400_000;

/** Evidence as it is kept: what the verifiers were given, so that the decision can be made again. */
const Kept = z.strictObject({
  request: z.string(),
  evidence: z.array(z.strictObject({ role: z.string(), parts: z.array(z.string()) })),
});

/** One request as it was sent, out of its containers. */
export interface RetainedEvidence {
  /** Compact JWS over the statement. */
  readonly request: string;
  /** A chain has one part for each certificate, leaf first. */
  readonly evidence: readonly { readonly role: Role; readonly parts: readonly Uint8Array[] }[];
  /** Milliseconds since the epoch, when it will be deleted. */
  readonly until: number;
}

/** A row of evidence opens for its own appraisal alone. */
const placeOf = (iss: string, appraisal: string) => ['evidence', iss, appraisal] as const;

/** Seals the evidence of a request for as long as the app's registration asks; by default nothing is kept. */
export async function retain(
  { service, issuer, app, request, at }: Situation,
  appraisal: string,
): Promise<Pick<Acceptance, 'retained'>> {
  if (app.retainEvidenceDays === 0) return {};
  const evidence = request.evidence.map((piece) => ({ role: piece.role, parts: partsOf(piece).map(toBase64url) }));
  const kept: z.input<typeof Kept> = { request: request.request, evidence };
  const place = placeOf(issuer.iss, appraisal);
  const sealed = await sealRow(service.kek, utf8(JSON.stringify(kept)), place, service.random);
  return { retained: { sealed, until: at + app.retainEvidenceDays * DAY_MS } };
}

function partsOf(piece: EvidencePiece): readonly Uint8Array[] {
  if (piece.form === 'chain') return piece.chain;
  return [piece.form === 'object' ? piece.object : utf8(piece.token)];
}

/** The evidence kept for an appraisal, or undefined where none is. @throws ConfigError `secrets.*` when it does not open */
export async function retainedEvidence(
  { store, kek, clock }: Pick<Service, 'store' | 'kek' | 'clock'>,
  iss: string,
  appraisal: string,
): Promise<RetainedEvidence | undefined> {
  const row = await store.retained(iss, appraisal);
  if (row === undefined || row.until <= clock()) return undefined;
  const opened = await openRow(kek, row.sealed, placeOf(iss, appraisal));
  const { request, evidence } = Kept.parse(JSON.parse(Buffer.from(opened).toString('utf8')));
  const pieces = evidence.map(({ role, parts }) => ({ role: role as Role, parts: parts.map(parseBase64url) })); // sealed by `retain`, out of a parsed request
  return { request, evidence: pieces, until: row.until };
}
