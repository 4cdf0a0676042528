import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';

export interface TrustKitDomain {
  readonly host: Spelled;
  readonly hashes: readonly Spelled[];
  /** Absent means enforced: the default on iOS. */
  readonly enforce?: boolean;
  readonly includeSubdomains?: boolean;
  readonly excludedFromParent?: boolean;
  /** Every key but the one that excludes, which has to stand alone. */
  readonly otherKeys: readonly Spelled[];
  readonly expiration?: Spelled;
  readonly reportUris: readonly Spelled[];
  readonly disableDefaultReportUri?: boolean;
  /** `TSKPublicKeyAlgorithms`, deprecated. */
  readonly algorithms?: Place;
  readonly place: Place;
}

/** `TSKConfiguration` of an Info.plist, or a TrustKit dictionary of its own. */
export interface TrustKitConfig {
  readonly swizzle?: { readonly value: boolean; readonly place: Place };
  readonly ignoreUserAnchors?: boolean;
  readonly domains: readonly TrustKitDomain[];
  /** Keys of its own and of its domains that TrustKit does not know and skips; `known` could stand in their place. */
  readonly unknownKeys: readonly { readonly key: Spelled; readonly known: readonly string[] }[];
  /** What TrustKit answers with an exception at start: the app crashes. */
  readonly problems: readonly { readonly code: string; readonly message: string; readonly place: Place }[];
  readonly place: Place;
}
