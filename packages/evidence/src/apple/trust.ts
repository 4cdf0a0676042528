import { ConfigError } from '@assay/core';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { APP_ATTESTATION_ROOT } from './anchors/app-attestation-root.ts';
import { ROOT_CA_G3 } from './anchors/root-ca-g3.ts';

/** Roots for Apple's evidence, one list for each use: a root that signs receipts is no root for attestations. */
export interface AppleTrust {
  readonly attestation: readonly TrustAnchor[];
  readonly receipt: readonly TrustAnchor[];
}

/**
 * Apple's published roots, each checked against its digest and its own signature. Load them once, at start.
 *
 * @throws ConfigError `x509.anchor_not_genuine`
 */
export function loadAppleTrust(): AppleTrust {
  return { attestation: [loadAnchor(APP_ATTESTATION_ROOT)], receipt: [loadAnchor(ROOT_CA_G3)] };
}

/** @throws ConfigError `x509.anchors_empty`: before any check runs, so that no evidence can hide it */
export function assertAnchors(anchors: readonly TrustAnchor[]): void {
  if (anchors.length > 0) return;
  throw new ConfigError('x509.anchors_empty', 'no trust anchor is configured for this kind of Apple evidence', {
    hint: 'pass the anchors of loadAppleTrust()',
  });
}
