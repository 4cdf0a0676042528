/** Documents that are kept fresh, by the names of their copies in the store. */
export const TRUST_SOURCES = [
  'google-status',
  'google-roots',
  'apple-attestation-root',
  'apple-receipt-root',
  'huawei-roots',
  'advisories',
] as const;
export type TrustSourceName = (typeof TRUST_SOURCES)[number];

/**
 * What an operator should look at. `missing`: never fetched, and fetching fails. `refused`: what is published is not what it
 * should be. `stale`: not confirmed for longer than its publisher's habits explain. `unusable`: too old to count, or past its
 * end. `root_unknown`: a vendor publishes a root that this server does not believe. `root_withdrawn`: a vendor publishes a
 * root no more that this server believes.
 */
export const TRUST_ALARMS = ['missing', 'refused', 'stale', 'unusable', 'root_unknown', 'root_withdrawn'] as const;
export type TrustAlarmName = (typeof TRUST_ALARMS)[number];

export interface TrustAlarm {
  readonly alarm: TrustAlarmName;
  /** For a root its SHA-256 or the id of the anchor; for a refusal its reason code. */
  readonly about: string | null;
}

export interface TrustSourceState {
  readonly source: TrustSourceName;
  /** Address without query, or the path of a file. */
  readonly from: string;
  /** Epoch milliseconds at which the copy was last confirmed, or null without a copy. */
  readonly confirmedAt: number | null;
  readonly freshUntil: number | null;
  readonly triedAt: number | null;
  readonly nextAt: number | null;
  /** Reason code of the last attempt, or null when it went well. */
  readonly error: string | null;
  /** First 16 hex digits of the copy's SHA-256: what records name; for advisories their version. */
  readonly version: string | null;
  readonly alarms: readonly TrustAlarm[];
}

/** Whom and what this process believes at this moment, and how fresh that is. */
export interface TrustState {
  /** Names the set of anchors in records. */
  readonly anchors: string;
  /** Ids of anchors that were believed because their vendor publishes them. */
  readonly trustedRoots: readonly string[];
  readonly newRoots: 'report' | 'trust';
  readonly sources: readonly TrustSourceState[];
}
