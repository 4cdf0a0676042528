import type { Certificate } from './certificate.ts';
import type { Curve } from './key-info.ts';
import type { SignatureAlgorithm } from './signatures.ts';

/** Where a certificate stands on a path. */
export type Position = 'leaf' | 'issuer' | 'anchor';

/** A kind of key that a profile accepts. RSA moduli are a multiple of 8 bits long, exponents odd and at least `minExponent`. */
export type KeyRule =
  | { readonly kind: 'ec'; readonly curves: readonly Curve[] }
  | { readonly kind: 'rsa'; readonly minBits: number; readonly maxBits: number; readonly minExponent: bigint };

/** How a validity period counts. `not_before_only` ignores the end, `ignored` both. */
export type ValidityRule = 'enforced' | 'not_before_only' | 'ignored';

/** A rule on one certificate. Issuers that break it cannot be relied on to have checked anything else. */
export interface ConformanceRule {
  readonly clause: string;
  readonly on: readonly Position[];
  /** What must be so, in words. */
  readonly expected: string;
  readonly isBroken: (certificate: Certificate) => boolean;
}

/** What a path must satisfy, as data. Signatures, name chaining, path lengths and name constraints hold in every profile. */
export interface Profile {
  readonly id: string;
  readonly signatures: readonly SignatureAlgorithm[];
  /** Keys that may sign, and keys that may be certified; `any` where the caller judges the leaf key itself. */
  readonly keys: { readonly issuers: readonly KeyRule[]; readonly leaf: readonly KeyRule[] | 'any' };
  readonly validity: { readonly leaf: ValidityRule; readonly issuers: ValidityRule; readonly anchor: ValidityRule };
  /** Issuers that must be authorities by basic constraints and key usage, counted from the leaf. */
  readonly authorities: 'every_issuer' | 'every_issuer_but_the_first';
  readonly maxIntermediates: number;
  /** Extended key usage that the leaf is for; issuers that limit theirs must include it. */
  readonly purpose: string | undefined;
  /** Whether an expected name must be given. */
  readonly peerName: 'required' | 'optional';
  /** Rules on single certificates beyond what path validation needs. */
  readonly conformance: readonly ConformanceRule[];
}
