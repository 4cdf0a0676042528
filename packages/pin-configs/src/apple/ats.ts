import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';

/** One host of `NSPinnedDomains`, as written. */
export interface AtsPinnedDomain {
  readonly host: Spelled;
  readonly includesSubdomains?: { readonly value: unknown; readonly place: Place };
  /** Absent: the key is not there. Present and empty: pinned, and nothing can match. Items that are no strings are dropped. */
  readonly leaf?: readonly AtsIdentity[];
  readonly ca?: readonly AtsIdentity[];
  /** Keys that the platform does not know and skips. */
  readonly unknownKeys: readonly Spelled[];
  readonly place: Place;
}

/** `usable`: a string that decodes as base64. The platform drops every other item without a word; it checks no length. */
export interface AtsIdentity {
  readonly value: Spelled;
  readonly usable: boolean;
}

/** One host of `NSExceptionDomains`; values as found, whatever their type. */
export interface AtsException {
  readonly host: Spelled;
  readonly keys: ReadonlyMap<string, { readonly value: unknown; readonly place: Place }>;
  readonly place: Place;
}

/** `NSAppTransportSecurity` of one Info.plist. */
export interface AtsConfig {
  readonly flags: ReadonlyMap<string, { readonly value: unknown; readonly place: Place }>;
  readonly exceptions: readonly AtsException[];
  readonly pinnedDomains: readonly AtsPinnedDomain[];
  /** `NSPinnedDomains` that stands where the platform does not look, or is no dictionary. */
  readonly misplaced: readonly { readonly message: string; readonly place: Place }[];
  readonly place: Place;
}
