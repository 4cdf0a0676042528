import {
  type Admission,
  ASSURANCES,
  type Assurance,
  type KeyProtection,
  type Platform,
  type Tier,
  toAcr,
} from '@assay/core';
import type { Annotations, VerifiedToken } from '@assay/tokens';

/**
 * What is proven about the caller of a request. Times are milliseconds since the epoch. The thumbprint of the key is not
 * among it: it would let two APIs find out that they serve the same phone.
 */
export interface Attestation {
  readonly issuer: string;
  readonly app: string;
  /** The app's version, as the app states it. */
  readonly version: string;
  readonly platform: Platform;
  /** Pseudonym of the install for this API: what to log and to limit by. */
  readonly instance: string;
  readonly assurance: Assurance;
  readonly tier: Tier;
  readonly keyProtection: KeyProtection;
  /** Whether the caller proved the key that the token is bound to. False for bearer tokens alone. */
  readonly isBound: boolean;
  /** Last attestation of the key. */
  readonly attestedAt: number;
  /** Last fresh platform evidence. */
  readonly freshAt: number;
  /** Whom the issuer could not ask. */
  readonly degraded: readonly string[];
  /** Why the issuer let the install through although its policy refuses it; absent where the policy admits it. */
  readonly unenforced?: Admission;
  /** What the policy notes about the install, by name. */
  readonly annotations: Annotations;
  /** `name@version` of the policy that decided. */
  readonly policy: string;
  /** Names the token: what a revocation names. */
  readonly tokenId: string;
  /** Name of the key that signed the token. */
  readonly kid: string;
  readonly issuedAt: number;
  /** When a stream that began with this request is to be checked again. */
  readonly expiresAt: number;
}

/** The claims of a verified token in the words of this package. */
export function toAttestation({ claims, kid, jkt }: VerifiedToken): Attestation {
  const { att } = claims;
  return {
    issuer: claims.iss,
    app: claims.sub,
    version: att.ver,
    platform: att.plt,
    instance: claims.iid,
    assurance: ASSURANCES.find((each) => toAcr(each) === claims.acr) ?? 'none',
    tier: att.tier,
    keyProtection: att.kp,
    isBound: jkt !== undefined,
    attestedAt: att.vat * 1000,
    freshAt: att.fat * 1000,
    degraded: att.deg ?? [],
    ...(att.stg === undefined ? {} : { unenforced: att.stg }),
    annotations: att.ann ?? {},
    policy: att.pol,
    tokenId: claims.jti,
    kid,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
  };
}
