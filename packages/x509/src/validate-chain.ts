import { EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { assertAnchors, type TrustAnchor } from './anchors.ts';
import { createBudget } from './budget.ts';
import type { Certificate } from './certificate.ts';
import { admitIssuer, admitLeaf, confirmLeaf, proveLink } from './checks/index.ts';
import { anchorIssuer, type Issuer, issuerOf, type Link, type Validation } from './checks/state.ts';
import type { Crl } from './crl.ts';
import { refused } from './faults.ts';
import { sameName } from './names.ts';
import type { Profile } from './profile.ts';
import type { SignatureMemory } from './signature-memory.ts';

/** A path that holds: leaf first, and the anchor that it ends at, which is not among the certificates. */
export interface ValidatedPath {
  readonly certificates: readonly Certificate[];
  readonly anchor: TrustAnchor;
}

export interface ChainInput {
  /** Leaf first, each followed by its issuer. A last certificate that is an anchor's own is only a hint and is left out. */
  readonly chain: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly profile: Profile;
  readonly revocation?: readonly Crl[];
  readonly memory?: SignatureMemory;
  /**
   * How many certificates, leaf first, are those of one device or one key; 1 by default. Their signatures are not
   * remembered: they are new each time, and would push out the issuers, which are worth it.
   */
  readonly own?: number;
}

/**
 * Validates a chain whose order is fixed, as device vendors send them (RFC 5280 6.1). Signatures are verified last and from
 * the anchor down: whoever sends junk below a genuine certificate has us verify no more than the first forged link.
 * Raises EvidenceError with a code of X509_REASONS, ConfigError x509.anchors_empty.
 */
export function validateChain({ chain, anchors, at, profile, revocation, memory, own = 1 }: ChainInput): ValidatedPath {
  assertAnchors(anchors);
  const certificates = withoutAnchor(chain, anchors);
  const [leaf] = certificates;
  if (leaf === undefined) throw refused('x509.chain_empty');
  const validation: Validation = { profile, at, budget: createBudget(), name: undefined, revocation, memory };
  admitLeaf(leaf, validation);
  const links = admitIntermediates(certificates, validation, own);
  const anchor = proveAnchor(certificates, anchors, validation, own);
  for (const link of links.toReversed()) proveLink(link);
  confirmLeaf(leaf, validation);
  return { certificates, anchor };
}

/** Anchors count by name and key: vendors publish several certificates for one root key, and devices send any of them. */
function withoutAnchor(chain: readonly Certificate[], anchors: readonly TrustAnchor[]): readonly Certificate[] {
  const last = chain.at(-1);
  const isAnchor = last && anchors.some((anchor) => isSameIssuer(last, anchor));
  return isAnchor && chain.length > 1 ? chain.slice(0, -1) : chain;
}

function isSameIssuer({ subject, spki }: Certificate, anchor: TrustAnchor): boolean {
  return sameName(subject.raw, anchor.name) && equalBytes(spki, anchor.spki);
}

/** Admits each certificate above the leaf as the issuer of the one below it; returns the links, the leaf's first. */
function admitIntermediates(
  certificates: readonly Certificate[],
  validation: Validation,
  own: number,
): readonly Link[] {
  return certificates.slice(1).map((certificate, index) => {
    const link = linkOf(certificates.slice(0, index + 1), issuerOf(certificate), validation, own);
    admitIssuer(link);
    return link;
  });
}

function linkOf(path: readonly Certificate[], issuer: Issuer, validation: Validation, own: number): Link {
  const child = path.at(-1);
  if (child === undefined) throw new TypeError('a path is never empty');
  return { ...validation, path, child, issuer, memory: path.length > own ? validation.memory : undefined };
}

/** The first anchor of the right name that admits and signed; else the refusal of the last one tried. */
function proveAnchor(
  certificates: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  validation: Validation,
  own: number,
): TrustAnchor {
  let refusal: EvidenceError | undefined;
  for (const anchor of anchors) {
    const link = linkOf(certificates, anchorIssuer(anchor), validation, own);
    if (!sameName(link.child.issuer.raw, anchor.name)) continue;
    try {
      admitIssuer(link);
      proveLink(link);
      return anchor;
    } catch (error) {
      if (!(error instanceof EvidenceError)) throw error;
      refusal = error;
    }
  }
  throw refusal ?? refused('x509.untrusted', { clause: 'RFC 5280 6.1.1 (d)' });
}
