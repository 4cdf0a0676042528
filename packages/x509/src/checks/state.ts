import type { TrustAnchor } from '../anchors.ts';
import type { Budget } from '../budget.ts';
import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import type { KeyHolder } from '../key-info.ts';
import type { PeerName } from '../peer-name.ts';
import type { Profile } from '../profile.ts';
import type { SignatureMemory } from '../signature-memory.ts';

/** What one validation is given. */
export interface Validation {
  readonly profile: Profile;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly budget: Budget;
  readonly name: PeerName | undefined;
  /** When given, every certificate of the path must be covered by a current list of its issuer. */
  readonly revocation: readonly Crl[] | undefined;
  readonly memory: SignatureMemory | undefined;
}

/** Whoever signed: the next certificate of the path, or the anchor, whose certificate may be unknown. */
export interface Issuer extends KeyHolder {
  readonly position: 'issuer' | 'anchor';
  /** Subject name, DER. */
  readonly name: Uint8Array;
  readonly certificate: Certificate | undefined;
}

/** One step up: `path` (leaf first, never empty) and the issuer that is to continue it. */
export interface Link extends Validation {
  readonly path: readonly Certificate[];
  /** Last of `path`: the certificate that `issuer` signed. */
  readonly child: Certificate;
  readonly issuer: Issuer;
}

/** The certificate as the issuer of the next link. */
export function issuerOf(certificate: Certificate): Issuer {
  const { spki, key } = certificate;
  return { position: 'issuer', name: certificate.subject.raw, spki, key, certificate };
}

/** The anchor as the issuer of the last link. */
export function anchorIssuer(anchor: TrustAnchor): Issuer {
  const { name, spki, key, certificate } = anchor;
  return { position: 'anchor', name, spki, key, certificate };
}
