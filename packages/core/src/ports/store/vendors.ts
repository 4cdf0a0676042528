/** What a vendor answered about one token, kept for ten minutes: a retry spends no quota and gets the same answer. */
export interface VendorAnswer {
  readonly iss: string;
  /** base64url SHA-256 of the token. */
  readonly tokenHash: string;
  /** JSON, without device identifiers. */
  readonly answer: string;
  readonly expiresAt: number;
}

/** Calls to one vendor on one UTC day. `network` is a prefix of the caller or `(reserve)`, and never a whole address. */
export interface QuotaKey {
  readonly iss: string;
  /** Vendor and subject, for example `play:com.example.bank`. */
  readonly vendor: string;
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH` for a share that counts by the hour. */
  readonly period: string;
  readonly network: string;
}

/** An App Attest receipt with when to renew it. The receipt itself is sealed. */
export interface ReceiptRow {
  readonly iss: string;
  readonly app: string;
  /** base64url SHA-256 of the attested key. */
  readonly attestedKey: string;
  readonly lineage: string;
  readonly environment: string;
  readonly sealed: string;
  /** Newest risk metric, or null before the first renewal. */
  readonly metric: number | null;
  readonly metricAt: number | null;
  /** When it is worth asking Apple next; null once it has ended for good. */
  readonly nextAt: number | null;
  readonly failures: number;
}

/** Leave to enrol by `dev` evidence, for simulators and CI: expiring and counted. */
export interface DevGrant {
  readonly iss: string;
  readonly id: string;
  readonly app: string;
  readonly label: string;
  /** JSON of the public JWK (P-256) that signs the evidence. */
  readonly publicJwk: string;
  readonly uses: number;
  readonly maxUses: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

/** The last good copy of a document that a vendor publishes: shared by replicas, and there when the network is not. */
export interface TrustCopy {
  /** For example `google-status`, `google-roots`, `advisories`. */
  readonly source: string;
  readonly body: string;
  readonly etag: string | null;
  readonly fetchedAt: number;
  /** Until when the publisher's cache headers call it fresh. */
  readonly freshUntil: number;
}

export interface VendorStore {
  vendorAnswer(iss: string, tokenHash: string, now: number): Promise<VendorAnswer | undefined>;
  keepVendorAnswer(answer: VendorAnswer): Promise<void>;
  /** Counts one call when fewer than `max` were counted; false (and nothing counted) otherwise. */
  spendQuota(key: QuotaKey, max: number): Promise<boolean>;
  quotaSpent(iss: string, period: string): Promise<readonly (QuotaKey & { readonly calls: number })[]>;
  /** Inserts or replaces by (iss, app, attestedKey). */
  putReceipt(row: ReceiptRow): Promise<void>;
  receipt(iss: string, app: string, attestedKey: string): Promise<ReceiptRow | undefined>;
  /** Receipts whose `nextAt` has come, oldest first. */
  receiptsDue(iss: string, now: number, limit: number): Promise<readonly ReceiptRow[]>;
  addGrant(grant: DevGrant): Promise<boolean>;
  grant(iss: string, id: string): Promise<DevGrant | undefined>;
  grants(iss: string): Promise<readonly DevGrant[]>;
  /** Counts one use of a grant that is in force; false when it has ended or is used up. */
  useGrant(iss: string, id: string, now: number): Promise<boolean>;
  revokeGrant(iss: string, id: string, at: number): Promise<boolean>;
  trustCopy(source: string): Promise<TrustCopy | undefined>;
  /** Inserts or replaces, unless what is there was fetched later; by minutes at most, since a clock may have been wrong. */
  keepTrustCopy(copy: TrustCopy): Promise<void>;
}
