import type { Redemption } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { sha256 } from '@assay/tokens';

/** A redemption outlives its challenge by this, for replicas whose clocks differ. */
const GRACE_MS = 60_000;

/**
 * What keeps a challenge from being redeemed twice.
 *
 * @param expiresAt when the challenge ends, in milliseconds since the epoch
 */
export function redemptionOf(challenge: string, expiresAt: number, requestHash: Uint8Array): Redemption {
  return {
    challengeHash: toBase64url(sha256(challenge)),
    requestHash: toBase64url(requestHash),
    expiresAt: expiresAt + GRACE_MS,
  };
}
