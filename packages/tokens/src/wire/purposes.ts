import type { Purpose } from '@assay/core';

/** One kind of challenge (`docs/protocol.md`, Challenge). All are single use except the nonce, whose proofs carry a `jti`. */
export interface ChallengeRow {
  /** The purpose octet inside the challenge. */
  readonly number: number;
  /** Seconds from issue to the last use. */
  readonly maxAgeSeconds: number;
  /** Whether the key's thumbprint is under the MAC. */
  readonly bindsKey: boolean;
}

export type ChallengePurpose = 'attest' | 'refresh' | 'refresh_asked' | 'facade' | 'nonce';

export const CHALLENGES: Readonly<Record<ChallengePurpose, ChallengeRow>> = {
  /** Enrol, rekey, step up: native calls may take 90 s, and two pieces of evidence run in sequence. */
  attest: { number: 1, maxAgeSeconds: 300, bindsKey: false },
  /** Comes with every signed reply; outlives the pause until the next refresh. */
  refresh: { number: 2, maxAgeSeconds: 900, bindsKey: true },
  /** Attestation and assertion of a foreign client, which asks for both in one way. Number 4 stays free. */
  facade: { number: 3, maxAgeSeconds: 300, bindsKey: false },
  /** DPoP nonce of a protected API, under a key of its own. */
  nonce: { number: 5, maxAgeSeconds: 300, bindsKey: false },
  /** A refresh by a challenge from the endpoint, which whoever knows the thumbprint can ask for: used at once or never. */
  refresh_asked: { number: 6, maxAgeSeconds: 300, bindsKey: true },
};

/** Seconds that a challenge may seem to come from the future: replicas' clocks differ. */
export const FUTURE_SKEW_SECONDS = 30;

export interface PurposeRow {
  /** Path under the issuer that takes statements of this purpose. */
  readonly path: '/v1/attest' | '/v1/refresh' | '/v1/rekey';
  readonly challenge: ChallengePurpose;
  /** The kind that the challenge endpoint makes; it is taken as well. */
  readonly asked: ChallengePurpose;
  /** Fewest pieces of evidence: a refresh may rest on the instance key alone. */
  readonly minEvidence: 0 | 1;
}

/** What a statement may be for. */
export const PURPOSES: Readonly<Record<Purpose, PurposeRow>> = {
  enrol: { path: '/v1/attest', challenge: 'attest', asked: 'attest', minEvidence: 1 },
  step_up: { path: '/v1/attest', challenge: 'attest', asked: 'attest', minEvidence: 1 },
  refresh: { path: '/v1/refresh', challenge: 'refresh', asked: 'refresh_asked', minEvidence: 0 },
  rekey: { path: '/v1/rekey', challenge: 'attest', asked: 'attest', minEvidence: 1 },
};

export const PURPOSE_NAMES: readonly Purpose[] = ['enrol', 'refresh', 'rekey', 'step_up'];
