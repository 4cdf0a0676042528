/** What `assay.pins.yaml` says: one statement of what is pinned, from which every platform's configuration is written. */
export interface PinPolicy {
  readonly version: 1;
  readonly hosts: readonly PolicyHost[];
  /** Certificate authorities that debug builds trust besides, where the platform tells debug builds apart. */
  readonly debugAuthorities: readonly string[];
}

export interface PolicyHost {
  /** Lower case, A-labels, no trailing dot. */
  readonly host: string;
  readonly subdomains: 'none' | 'one' | 'all';
  /** Names beneath the host that are in use: what a target pins that cannot cover them by a rule. */
  readonly covers: readonly string[];
  readonly pins: readonly PolicyPin[];
  /** `report` only counts mismatches, where the platform can. */
  readonly mode: 'enforce' | 'report';
  /** Day (UTC, `yyyy-MM-dd`) from which the pins no longer hold, where the platform has such a thing. */
  readonly expires?: string;
  readonly reportTo: readonly string[];
  /** `private`: nothing of the device's store is trusted, only these certificate authorities. */
  readonly trust:
    | { readonly store: 'system' }
    | { readonly store: 'private'; readonly certificates: readonly string[] };
  readonly certificateTransparency: 'required' | 'platform-default';
}

export interface PolicyPin {
  /** base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spki: string;
  readonly role: 'leaf' | 'intermediate' | 'root' | 'backup';
  /** Where in a path the key stands. A backup stands where the host's other pins stand unless it says so itself. */
  readonly position: 'leaf' | 'ca';
  /** base64 SHA-256 of whole certificates with this key, for targets that can compare nothing else. */
  readonly certificates: readonly string[];
  /** Where the key lies, who owns it, since when. */
  readonly note?: string;
}
