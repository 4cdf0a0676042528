import { ConfigError } from '@assay/core';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { GOOGLE_HARDWARE_EC } from './anchors/google-hardware-ec.ts';
import { GOOGLE_HARDWARE_RSA } from './anchors/google-hardware-rsa.ts';
import { GOOGLE_SOFTWARE_EC } from './anchors/google-software-ec.ts';
import { GOOGLE_SOFTWARE_RSA } from './anchors/google-software-rsa.ts';
import type { GoogleRootSource } from './anchors/source.ts';

/** `kind` of an anchor whose chains prove hardware. Facts of a chain that ends at any other kind are claims. */
export const HARDWARE_ANCHOR = 'hardware';

/** Google's hardware attestation roots. */
export const GOOGLE_HARDWARE_ANCHORS: readonly GoogleRootSource[] = [GOOGLE_HARDWARE_RSA, GOOGLE_HARDWARE_EC];

/**
 * Roots of the software attestation of emulators, for tests of development set-ups. The keys below them are public, so
 * whoever trusts them trusts everybody.
 */
export const GOOGLE_SOFTWARE_ANCHORS_NEVER_FOR_PRODUCTION: readonly GoogleRootSource[] = [
  GOOGLE_SOFTWARE_EC,
  GOOGLE_SOFTWARE_RSA,
];

/**
 * Google's hardware roots, each checked against its digest and its own signature. Load them once, at start.
 *
 * @throws ConfigError `x509.anchor_not_genuine`
 */
export function loadGoogleHardwareAnchors(): readonly TrustAnchor[] {
  return GOOGLE_HARDWARE_ANCHORS.map(loadAnchor);
}

/** @throws ConfigError `x509.anchors_empty`: before any check runs, so that no evidence can hide it */
export function assertAnchors(anchors: readonly TrustAnchor[]): void {
  if (anchors.length > 0) return;
  throw new ConfigError('x509.anchors_empty', 'no trust anchor is configured for key attestation', {
    hint: 'pass the anchors of loadGoogleHardwareAnchors()',
  });
}
