import { ConfigError } from '@assay/core';
import type { Certificate } from '../certificate.ts';
import { assertNameConstraints } from '../name-constraints.ts';
import { matchName } from '../peer-name.ts';
import type { Position } from '../profile.ts';
import { X509_REASONS } from '../reasons.ts';
import { assertAuthority, assertMaySign, assertPathLength } from './authorities.ts';
import { assertConformance } from './conformance.ts';
import { assertNoUnknownCritical } from './critical-extensions.ts';
import { assertKeyAllowed } from './keys.ts';
import { assertNameChaining, assertSigned } from './links.ts';
import { assertPurpose } from './purpose.ts';
import { assertNotRevoked } from './revocation.ts';
import type { Link, Validation } from './state.ts';
import { assertValidAt } from './validity.ts';

/** What is asked of a leaf before a path is looked for. Raises EvidenceError; ConfigError x509.peer_name_missing. */
export function admitLeaf(leaf: Certificate, validation: Validation): void {
  assertPeerName(leaf, validation);
  assertCertificate(leaf, 'leaf', validation);
  assertKeyAllowed(leaf.key, validation.profile.keys.leaf);
}

/** What is asked of a leaf whose path holds: the rules of form, which say less than a missing path would. */
export function confirmLeaf(leaf: Certificate, { profile }: Validation): void {
  assertConformance(leaf, 'leaf', profile);
}

/**
 * Everything that is asked of one step up except the signature. Every rule of RFC 5280 6.1 that looks from an issuer down
 * to the path below it is asked here, so a path that was admitted step by step up to its anchor, and whose links were then
 * proven, is valid.
 */
export function admitIssuer(link: Link): void {
  const { issuer } = link;
  assertNameChaining(link);
  if (issuer.certificate) assertCertificate(issuer.certificate, issuer.position, link);
  assertKeyAllowed(issuer.key, link.profile.keys.issuers);
  assertAuthority(link);
  assertMaySign(link);
  assertPathLength(link);
  if (issuer.certificate) assertConformance(issuer.certificate, issuer.position, link.profile);
  assertNameConstraints(link);
}

/** The dear part of one step: that the issuer signed, and has not taken back. */
export function proveLink(link: Link): void {
  assertSigned(link);
  assertNotRevoked(link);
}

/** What is asked of a certificate by itself, wherever it stands. */
function assertCertificate(certificate: Certificate, position: Position, { profile, at }: Validation): void {
  assertValidAt(certificate, position, profile, at);
  assertNoUnknownCritical(certificate, profile);
  assertPurpose(certificate, position, profile);
}

function assertPeerName(leaf: Certificate, { name, profile }: Validation): void {
  if (name !== undefined) {
    matchName(leaf, name);
  } else if (profile.peerName === 'required') {
    const { code, summary, hint } = X509_REASONS['x509.peer_name_missing'];
    throw new ConfigError(code, summary, { hint });
  }
}
