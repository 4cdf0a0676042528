import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';

/** `<certificates>`: where trust comes from. */
export interface NscAnchor {
  readonly src: Spelled;
  /** Pins do not hold for paths that end here. As written; the default depends on where it stands. */
  readonly overridePins?: Spelled;
  readonly place: Place;
}

export interface NscPinSet {
  /** `yyyy-MM-dd` as written: midnight at the start of that day in the device's own time zone. */
  readonly expiration?: Spelled;
  readonly pins: readonly { readonly digest?: Spelled; readonly value: Spelled }[];
  readonly place: Place;
}

/** What TrustKit for Android adds to a domain-config; the platform skips it. */
export interface NscTrustKit {
  readonly enforcePinning?: Spelled;
  readonly disableDefaultReportUri?: Spelled;
  readonly reportUris: readonly Spelled[];
  readonly place: Place;
}

/** `base-config`, `debug-overrides` or `domain-config`: absent members are inherited. */
export interface NscScope {
  readonly kind: 'base' | 'domain' | 'debug';
  readonly cleartextTrafficPermitted?: Spelled;
  /** Absent: inherited. Present and empty: nothing is trusted. */
  readonly anchors?: readonly NscAnchor[];
  readonly pinSet?: NscPinSet;
  readonly certificateTransparency?: Spelled;
  /** `enabled`, `opportunistic`, `required`, `disabled` */
  readonly domainEncryption?: Spelled;
  readonly trustKit?: NscTrustKit;
  readonly place: Place;
}

export interface NscDomain {
  readonly name: Spelled;
  readonly includeSubdomains?: Spelled;
}

export interface NscDomainConfig extends NscScope {
  readonly kind: 'domain';
  readonly domains: readonly NscDomain[];
  /** Nested configs inherit what they leave out from this one. */
  readonly nested: readonly NscDomainConfig[];
}

/** Something that the platform's parser refuses (the app crashes) or skips without a word (what it meant is absent). */
export interface NscProblem {
  /** `unknown_element`, `unknown_attribute`, `two_pin_sets`, `domain_twice`, `pin_digest`, `pin_value`, `no_domain`, … */
  readonly code: string;
  /** The element or attribute that means nothing; an attribute whose value was meant and counts as absent. */
  readonly subject?: string;
  readonly effect: 'crash' | 'ignored';
  /** Set inside debug-overrides: builds that are not debuggable skip the element unread. */
  readonly build?: 'debug';
  readonly message: string;
  readonly place: Place;
}

export interface NscConfig {
  readonly base?: NscScope;
  readonly debug?: NscScope;
  readonly domains: readonly NscDomainConfig[];
  readonly problems: readonly NscProblem[];
}
