import type { Clock, Random, Reason, Store } from '@assay/core';
import type { AppleTrust, ChainMemory, EvidenceFormat, StatusList } from '@assay/evidence';
import type { KekRing } from '@assay/secrets';
import type { EcKeys } from '@assay/tokens';
import type { TrustAnchor } from '@assay/x509';
import type { Answer } from './attest/answer.ts';
import type { EventBus } from './events.ts';
import type { Issuers } from './issuers.ts';
import type { KeyKeeper } from './keys/issuer-keys.ts';
import type { PolicyKeeper } from './policies.ts';
import type { Registry } from './registry/registry.ts';
import type { Rejections } from './rejections.ts';
import type { Advisories } from './trust/advisories.ts';
import type { TrustState } from './trust/state.ts';
import type { Vendors } from './vendors/types.ts';

/** Whom the verifiers believe. */
export interface Trust {
  readonly apple: AppleTrust;
  readonly android: readonly TrustAnchor[];
  readonly huawei: readonly TrustAnchor[];
  /** Names this set of anchors in records, for example `2026-11-21` or `test`. */
  readonly version: string;
  /** The newest good copy of Google's status list, or undefined: revocation is then a fact `not_checked`. */
  readonly statusList: () => { readonly list: StatusList; readonly version: string } | undefined;
  /** The newest good copy of the operator's advisories, or undefined where none are configured or the copy has expired. */
  readonly advisories: () => Advisories | undefined;
  /** True while advisories are configured and none count: never fetched, or past their end. */
  readonly advisoriesAreMissing: () => boolean;
  /** Whom and what this process believes at this moment, and how fresh that is. */
  readonly state: () => TrustState;
}

/** Everything a use case may touch: ports, trust and the issuers, handed in by the composition root. */
export interface Service {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds on a clock that only runs forward, for timings. */
  readonly elapsed: () => number;
  readonly kek: KekRing;
  readonly trust: Trust;
  readonly vendors: Vendors;
  /** Formats of the operator's own, by role. */
  readonly formats: ReadonlyMap<string, EvidenceFormat>;
  readonly issuers: Issuers;
  readonly keys: KeyKeeper;
  /** Remembers imported public keys of instances. */
  readonly instanceKeys: EcKeys;
  /** Reason codes of every package, for what a device and an operator are told. */
  readonly reasons: ReadonlyMap<string, Reason>;
  readonly registry: Registry;
  readonly policies: PolicyKeeper;
  readonly rejections: Rejections;
  readonly events: EventBus;
  /** Intermediates whose signature was verified before. */
  readonly memory: ChainMemory;
  /** Attempts under way, by issuer and challenge. */
  readonly inFlight: Map<string, Promise<Answer>>;
}

/** What an act upon keys, credentials and registered documents needs: a server's store and keys, without its listeners. */
export type Installation = Pick<Service, 'store' | 'clock' | 'random' | 'kek' | 'keys' | 'issuers'>;
