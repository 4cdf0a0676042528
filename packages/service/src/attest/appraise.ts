import { UpstreamError } from '@assay/core';
import type { Role } from '@assay/tokens';
import { fault } from '../fault.ts';
import type { Finding } from './pieces/finding.ts';
import { pieceRow } from './pieces/rows.ts';
import type { Route } from './routes.ts';
import type { Known, Situation } from './situation.ts';

/** A vendor that must be asked about a piece of evidence, and was not there. */
export interface Outage {
  /** As `degraded` names it, for example `play_unavailable`. */
  readonly name: string;
  readonly error: UpstreamError;
}

/** The pieces of one request, each by itself. */
export interface Evidence {
  readonly route: Route;
  /** Absent where K itself is the proof, or a vendor is away. */
  readonly primary: Finding | undefined;
  readonly companions: readonly Finding[];
  readonly outages: readonly Outage[];
}

/**
 * Verifies every piece, the primary one first: what stands beside it may be bound to it, and evidence that does not hold
 * asks no vendor.
 *
 * @throws Rejected, EvidenceError, RequestError, ConfigError; an UpstreamError of a vendor is an outage, and no other is
 */
export async function appraisePieces(situation: Situation & Known, route: Route): Promise<Evidence> {
  const [primary] = route.primary === undefined ? [] : [await appraisePiece(situation, route.primary, undefined)];
  const holding = isOutage(primary) ? undefined : primary;
  const companions: (Finding | Outage)[] = [];
  for (const role of situation.request.statement.ev) {
    if (role !== route.primary) companions.push(await appraisePiece(situation, role, holding));
  }
  return {
    ...{ route, primary: holding, companions: companions.filter(isFinding) },
    outages: [primary, ...companions].filter(isOutage),
  };
}

function isOutage(found: Finding | Outage | undefined): found is Outage {
  return found !== undefined && 'error' in found;
}

const isFinding = (found: Finding | Outage): found is Finding => !isOutage(found);

async function appraisePiece(
  situation: Situation & Known,
  role: Role,
  primary: Finding | undefined,
): Promise<Finding | Outage> {
  const row = pieceRow(role);
  const piece = situation.request.evidence.find((each) => each.role === role);
  if (row === undefined || piece === undefined) throw fault('service.evidence_not_accepted', { found: role });
  try {
    return await row.appraise({ situation, piece, primary });
  } catch (error) {
    const isAway = error instanceof UpstreamError && error.code === 'service.vendor_unavailable';
    if (isAway && row.vendor !== undefined) return { name: `${row.vendor}_unavailable`, error };
    throw error;
  }
}

/** The piece that holds or carries K. @throws UpstreamError where its vendor is away: nothing is proven without it */
export function provenPrimary({ primary, outages: [outage] }: Evidence): Finding {
  if (primary !== undefined) return primary;
  throw outage?.error ?? fault('service.evidence_not_accepted', { found: 'no evidence' });
}

export function findingsOf({ primary, companions }: Evidence): readonly Finding[] {
  return primary === undefined ? companions : [primary, ...companions];
}

/** When the newest of these was made: no evidence is fresh for having been handed in again. */
export function madeAtOf(findings: readonly Finding[], now: number): number {
  return Math.max(...findings.map(({ madeAt = now }) => Math.min(madeAt, now)));
}

/** Whether a piece is among them that says all that its kind has to say: older answers of such kinds are void then. */
export function restates({ route, primary, companions }: Evidence): boolean {
  const isRestated = primary !== undefined && route.primary !== undefined && pieceRow(route.primary)?.restates === true;
  return isRestated || companions.length > 0;
}
