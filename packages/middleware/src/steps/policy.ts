// Step 6 of the API's checks: what the route demands, then revocation. Looked at on every request, whatever was remembered.
import { isAtLeast } from '@assay/core';
import type { Attestation } from '../attestation.ts';
import type { Demands } from '../demands.ts';
import type { MiddlewareCode } from '../reasons.ts';
import type { Setup } from '../setup.ts';

/** What is known about the request when its route judges it. */
export interface Judged {
  readonly attestation: Attestation;
  /** Whether the proof holds our own nonce. */
  readonly isFreshByNonce: boolean;
  /** Whether the token came sealed: then its caller does not know what it says. */
  readonly isSealed: boolean;
  /** Milliseconds since the epoch: now, and when the token's time and the tolerance are over. */
  readonly at: number;
  readonly until: number;
}

interface DemandRow {
  readonly code: MiddlewareCode;
  holds(judged: Judged, demands: Demands): boolean;
}

const seconds = (at: number, since: number): number => (at - since) / 1000;

const isPassing = ({ tier, assurance }: Attestation): boolean =>
  (tier === 'affirming' || tier === 'warning') && assurance !== 'none';

/** In the order of docs/protocol.md: tier, stg, acr, kp, fat, vat, deg. The first two rows matter when a request is checked again. */
const DEMANDS: readonly DemandRow[] = [
  { code: 'middleware.token_ended', holds: ({ at, until }) => at < until },
  {
    code: 'middleware.nonce_required',
    holds: ({ attestation, isFreshByNonce }, { nonce }) =>
      nonce === 'offered' || isFreshByNonce || !attestation.isBound,
  },
  { code: 'middleware.decoy_refused', holds: ({ attestation, isSealed }) => !isSealed || isPassing(attestation) },
  { code: 'middleware.verdict_refused', holds: ({ attestation }) => isPassing(attestation) },
  {
    // Before tier and acr, which would have the caller refresh in vain: what is let through says the least of both.
    code: 'middleware.unenforced',
    holds: ({ attestation }, { unenforced }) => unenforced === 'accept' || attestation.unenforced === undefined,
  },
  {
    // What is worse than `warning` has gone already.
    code: 'middleware.tier_too_low',
    holds: ({ attestation }, { tier }) => tier === 'warning' || attestation.tier === 'affirming',
  },
  {
    code: 'middleware.assurance_too_low',
    holds: ({ attestation }, { acr }) => isAtLeast(attestation.assurance, acr),
  },
  {
    code: 'middleware.key_protection_refused',
    holds: ({ attestation }, { keyProtection }) => keyProtection?.includes(attestation.keyProtection) ?? true,
  },
  {
    code: 'middleware.evidence_stale',
    holds: ({ attestation, at }, { maxAge }) => seconds(at, attestation.freshAt) <= maxAge,
  },
  {
    code: 'middleware.enrolment_stale',
    holds: ({ attestation, at }, { maxEnrolmentAge }) => seconds(at, attestation.attestedAt) <= maxEnrolmentAge,
  },
  {
    code: 'middleware.degraded',
    holds: ({ attestation }, { degraded }) => degraded === 'accept' || attestation.degraded.length === 0,
  },
];

/** The code of the first demand that is not met, or undefined. Rejects when nobody can tell whether it is revoked. */
export async function judge(judged: Judged, demands: Demands, setup: Setup): Promise<MiddlewareCode | undefined> {
  const missed = DEMANDS.find(({ holds }) => !holds(judged, demands));
  if (missed !== undefined) return missed.code;
  // Only a plain false admits: a function that forgets to answer must not.
  const isGood = setup.isRevoked === undefined || (await setup.isRevoked(judged.attestation)) === false;
  return isGood ? undefined : 'middleware.revoked';
}
