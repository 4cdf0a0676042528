import type { HuaweiFlavour, PlayBinding, PlayIntegrityKeys, StatusList } from '@assay/evidence';
import type { JsonValue } from '@assay/formats';
import type { TrustAnchor } from '@assay/x509';

/** One piece of evidence with everything that its verification needs: what a file, a vector or the command line says. */
export type EvidenceCase =
  | AttestationCase
  | AssertionCase
  | ReceiptCase
  | KeyAttestationCase
  | PlayIntegrityCase
  | SysIntegrityCase;

interface Common {
  readonly id: string;
  /** Clock for the verifier, epoch milliseconds; undefined means now. */
  readonly at: number | undefined;
  /** Anchors of the case's own; undefined means the product's. */
  readonly anchors: readonly TrustAnchor[] | undefined;
}

/** Apple's launch categories that a case allows, and whether one must be there. */
export interface LaunchRule {
  readonly categories: readonly number[];
  readonly required: boolean;
}

export interface AttestationCase extends Common {
  readonly kind: 'apple-app-attest-attestation';
  readonly attestationObject: Uint8Array;
  readonly keyId: Uint8Array;
  readonly clientDataHash: Uint8Array;
  readonly appIds: readonly string[];
  readonly environments: readonly string[];
  readonly launch: LaunchRule | undefined;
}

export interface AssertionCase extends Common {
  readonly kind: 'apple-app-attest-assertion';
  readonly assertionObject: Uint8Array;
  readonly clientDataHash: Uint8Array;
  readonly appIds: readonly string[];
  /** Uncompressed point of the stored key. */
  readonly publicKey: Uint8Array;
  readonly storedCounter: number;
}

export interface ReceiptCase extends Common {
  readonly kind: 'apple-app-attest-receipt';
  readonly receipt: Uint8Array;
  readonly appIds: readonly string[];
  readonly publicKey: Uint8Array;
}

export interface KeyAttestationCase extends Common {
  readonly kind: 'android-key-attestation';
  readonly chain: readonly Uint8Array[];
  readonly challenge: Uint8Array;
  readonly apps: readonly { readonly package: string; readonly digests?: readonly string[] }[] | undefined;
  readonly statusList: StatusList | undefined;
}

export interface PlayIntegrityCase extends Common {
  readonly kind: 'play-integrity';
  /** The token, or else what Google's endpoint decoded. */
  readonly source: { readonly token: string } | { readonly payload: JsonValue };
  readonly keys: PlayIntegrityKeys | undefined;
  readonly binding: PlayBinding;
  readonly apps: readonly { readonly package: string; readonly digests?: readonly string[] }[];
  readonly maxAgeMs: number | undefined;
}

export interface SysIntegrityCase extends Common {
  readonly kind: 'huawei-sysintegrity';
  readonly jws: string;
  readonly flavour: HuaweiFlavour;
  readonly nonce: Uint8Array;
  readonly apps: readonly {
    readonly package: string;
    readonly digests?: readonly string[];
    readonly appId?: string;
  }[];
  readonly maxAgeMs: number | undefined;
}

export type CaseKind = EvidenceCase['kind'];
