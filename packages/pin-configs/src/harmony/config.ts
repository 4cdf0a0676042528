import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';

/** One `domain-config` (or the base) of HarmonyOS' network_config.json. */
export interface HarmonyScope {
  readonly domains: readonly { readonly name: Spelled; readonly includeSubdomains: boolean }[];
  readonly anchors?: readonly Spelled[];
  readonly cleartextTrafficPermitted?: boolean;
  readonly pinSet?: {
    readonly expiration?: Spelled;
    readonly pins: readonly { readonly algorithm?: Spelled; readonly digest: Spelled }[];
    readonly place: Place;
  };
  readonly place: Place;
}

export interface HarmonyConfig {
  readonly base?: HarmonyScope;
  readonly domains: readonly HarmonyScope[];
  readonly components: ReadonlyMap<string, boolean>;
  /** Both default to true: certificates that a user added are trusted. */
  readonly trustGlobalUserCa?: boolean;
  readonly trustCurrentUserCa?: boolean;
  readonly unknownKeys: readonly Spelled[];
  readonly place: Place;
}
