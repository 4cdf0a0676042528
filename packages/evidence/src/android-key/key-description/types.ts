import type { BootState, SecurityLevel } from '@assay/core';

export interface RootOfTrust {
  readonly verifiedBootKey: Uint8Array;
  readonly deviceLocked: boolean;
  /** Undefined for a state that has no name. */
  readonly verifiedBootState: BootState | undefined;
  /** From attestation version 3. */
  readonly verifiedBootHash: Uint8Array | undefined;
}

export interface AttestedPackage {
  readonly name: string;
  /** Android versionCode, decimal. */
  readonly version: string;
}

/** Several packages share one user id, and with it the key. */
export interface ApplicationId {
  readonly packages: readonly AttestedPackage[];
  /** SHA-256 digests of the signing certificates, lower-case hex. */
  readonly signers: readonly string[];
}

/**
 * What a KeyMint says of a key, as far as anyone reads it. Members are undefined when their tag is absent, or when its
 * value is outside any sensible range: an absent fact fails a policy, a thrown one would cost a genuine device.
 *
 * Device identifiers have no member here, on purpose.
 */
export interface AuthorizationList {
  readonly purposes?: readonly number[];
  readonly algorithm?: number | undefined;
  readonly keySize?: number | undefined;
  readonly digests?: readonly number[];
  readonly paddings?: readonly number[];
  readonly ecCurve?: number | undefined;
  readonly mlDsaVariant?: number | undefined;
  readonly rsaPublicExponent?: number | undefined;
  readonly rollbackResistance?: boolean;
  readonly earlyBootOnly?: boolean;
  readonly usageCountLimit?: number | undefined;
  readonly noAuthRequired?: boolean;
  readonly userAuthType?: number | undefined;
  readonly authTimeout?: number | undefined;
  readonly trustedUserPresenceRequired?: boolean;
  readonly trustedConfirmationRequired?: boolean;
  readonly unlockedDeviceRequired?: boolean;
  readonly allApplications?: boolean;
  /** Epoch milliseconds, by the device's clock. */
  readonly creationDateTime?: number | undefined;
  readonly origin?: number | undefined;
  readonly rootOfTrust?: RootOfTrust;
  /** For example 160000 or 80100. */
  readonly osVersion?: number | undefined;
  /** YYYYMM, or YYYYMMDD, or what a vendor wrote instead. */
  readonly osPatchLevel?: number | undefined;
  readonly vendorPatchLevel?: number | undefined;
  readonly bootPatchLevel?: number | undefined;
  readonly applicationId?: ApplicationId;
  readonly brand?: string | undefined;
  readonly device?: string | undefined;
  readonly product?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
  readonly deviceUniqueAttestation?: boolean;
  readonly moduleHash?: Uint8Array;
}

export interface ListedAuthorizations extends AuthorizationList {
  /** Tags that no table row reads: newer than this code, or of no use to it. */
  readonly unknownTags: readonly number[];
}

export interface KeyDescription {
  readonly attestationVersion: number;
  readonly keyMintVersion: number;
  /** Undefined for a level that is none of software, TEE, StrongBox. */
  readonly attestationSecurityLevel: SecurityLevel | undefined;
  readonly keyMintSecurityLevel: SecurityLevel | undefined;
  readonly challenge: Uint8Array;
  readonly softwareEnforced: ListedAuthorizations;
  readonly hardwareEnforced: ListedAuthorizations;
}
