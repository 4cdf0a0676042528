import { EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { assertAnchors, type TrustAnchor } from './anchors.ts';
import { createBudget, spend } from './budget.ts';
import type { Certificate } from './certificate.ts';
import { admitIssuer, admitLeaf, confirmLeaf, proveLink } from './checks/index.ts';
import { anchorIssuer, type Issuer, issuerOf, type Validation } from './checks/state.ts';
import type { Crl } from './crl.ts';
import { refused } from './faults.ts';
import { sameName } from './names.ts';
import type { PeerName } from './peer-name.ts';
import type { Profile } from './profile.ts';
import { createSignatureMemory, type SignatureMemory } from './signature-memory.ts';
import type { ValidatedPath } from './validate-chain.ts';

export interface PathInput {
  readonly leaf: Certificate;
  /** Whatever else the peer sent, in any order; what does not help is ignored. */
  readonly intermediates: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly profile: Profile;
  readonly name?: PeerName;
  readonly revocation?: readonly Crl[];
  readonly memory?: SignatureMemory;
  /** Intermediates allowed, when fewer than the profile's. */
  readonly maxIntermediates?: number;
}

/**
 * Finds a path from the leaf to an anchor among certificates in any order (RFC 4158), depth first, each step admitted
 * before the next. A budget bounds what a hostile set of certificates can cost.
 * Raises EvidenceError: the refusal that came nearest to an anchor; x509.untrusted when there was none.
 * Raises ConfigError x509.anchors_empty, x509.peer_name_missing, x509.peer_name_invalid.
 */
export function buildPath(input: PathInput): ValidatedPath {
  assertAnchors(input.anchors);
  const validation = validationOf(input);
  admitLeaf(input.leaf, validation);
  const search: Search = { ...input, validation, refusals: [] };
  const path = extend([input.leaf], input.leaf, search);
  if (path === undefined) throw nearestRefusal(search.refusals);
  confirmLeaf(input.leaf, validation);
  return path;
}

function validationOf(input: PathInput): Validation {
  const { profile, at, name, revocation, memory = createSignatureMemory(1000), maxIntermediates } = input;
  const limit = Math.min(profile.maxIntermediates, maxIntermediates ?? profile.maxIntermediates);
  return { profile: { ...profile, maxIntermediates: limit }, at, budget: createBudget(), name, revocation, memory };
}

interface Refusal {
  /** How near it came: the length of the path below the step, or more than any length for a step to an anchor. */
  readonly rank: number;
  readonly error: EvidenceError;
}

interface Search extends PathInput {
  readonly validation: Validation;
  readonly refusals: Refusal[];
}

/** Tries every issuer of the last certificate, anchors first; undefined when none leads to an anchor. */
function extend(path: readonly Certificate[], child: Certificate, search: Search): ValidatedPath | undefined {
  for (const anchor of search.anchors) {
    if (isAdmitted(path, child, anchorIssuer(anchor), search)) return { certificates: path, anchor };
  }
  for (const candidate of search.intermediates) {
    if (isOnPath(candidate, path) || !isAdmitted(path, child, issuerOf(candidate), search)) continue;
    const found = extend([...path, candidate], candidate, search);
    if (found) return found;
  }
  return undefined;
}

/** Whether the step holds. A refusal ends this branch only; an exhausted budget ends the search. */
function isAdmitted(path: readonly Certificate[], child: Certificate, issuer: Issuer, search: Search): boolean {
  if (!sameName(child.issuer.raw, issuer.name)) return false;
  spend(search.validation.budget, 'steps', 1);
  try {
    const link = { ...search.validation, path, child, issuer };
    admitIssuer(link);
    proveLink(link);
    return true;
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code === 'x509.budget_exhausted') throw error;
    search.refusals.push({ rank: issuer.position === 'anchor' ? Number.POSITIVE_INFINITY : path.length, error });
    return false;
  }
}

/** RFC 4158 2.4.1: the same subject with the same key a second time cannot lead anywhere new. */
function isOnPath(candidate: Certificate, path: readonly Certificate[]): boolean {
  return path.some(
    ({ subject, spki }) => sameName(subject.raw, candidate.subject.raw) && equalBytes(spki, candidate.spki),
  );
}

/** The first of the refusals that came nearest. */
function nearestRefusal(refusals: readonly Refusal[]): EvidenceError {
  const rank = refusals.reduce((highest, refusal) => Math.max(highest, refusal.rank), 0);
  const nearest = refusals.find((refusal) => refusal.rank === rank);
  return nearest?.error ?? refused('x509.untrusted', { clause: 'RFC 5280 6.1.1 (d)' });
}
