import { type Assurance, isPassing, type Verdict } from '@assay/core';
import {
  ANNOTATION_LIMITS,
  fittingAnnotations,
  issueToken,
  pairwiseId,
  SEALED_CLAIMS_BYTES,
  sealToken,
  type TokenRequest,
} from '@assay/tokens';
import type { ApiDocument } from '../registry/documents.ts';
import type { Scene } from './situation.ts';

/** What a token says of its install; the scene and the API say the rest. */
export interface Said
  extends Pick<TokenRequest, 'type' | 'key' | 'platform' | 'keyProtection' | 'appVersion' | 'attestedAt' | 'freshAt'> {
  readonly verdict: Omit<Verdict, 'trace' | 'reasons'>;
  readonly lineage: string;
  /** Seconds, where it is less than the API's. */
  readonly lifetimeSeconds?: number | undefined;
}

/** A token of an install that the rules refuse says `low`, with why it was let through. */
export const assuranceOf = (verdict: Verdict): Assurance => (isPassing(verdict) ? verdict.assurance : 'low');

/**
 * Issues a token for one API: sealed, and as long as every other, where the API is registered with a key for that.
 *
 * @throws ConfigError `tokens.key_ring_invalid` for an encryption key that is no point; `tokens.config_invalid`
 */
export function issueFor(
  { service, issuer, keys, app, at }: Scene,
  { audience, lifetime, encryptionKey }: ApiDocument,
  { verdict, lineage, lifetimeSeconds = lifetime, ...said }: Said,
): string {
  const { assurance, tier, policy, degraded, admitted } = verdict;
  const room = encryptionKey === undefined ? ANNOTATION_LIMITS.bytes : ANNOTATION_LIMITS.sealedBytes;
  const annotations = fittingAnnotations(verdict.annotations ?? {}, room);
  const token = issueToken(
    {
      ...{ ...said, iss: issuer.iss, audience, app: app.id, lifetimeSeconds },
      ...{ assurance, tier, policy, degraded, admitted, annotations },
      instance: pairwiseId(keys.record, audience, lineage),
      ...(encryptionKey === undefined ? {} : { paddedBytes: SEALED_CLAIMS_BYTES }),
    },
    { signingKey: keys.token, at, random: service.random },
  );
  return encryptionKey === undefined ? token : sealToken(token, encryptionKey, service.random);
}
