import type { CheckResult } from '../checks.ts';
import type { Facts } from '../facts.ts';
import type { Verdict } from '../verdict.ts';

/**
 * The store as the use cases see it. Every row belongs to one issuer (`iss`: one tenant, one environment).
 * Times are epoch milliseconds, ids and digests are text (base64url or hex), so that one SQL text serves every engine.
 */

export type InstanceStatus = 'active' | 'superseded' | 'revoked' | 'banned';

/** One install, named by its key's thumbprint (RFC 7638, base64url). */
export interface Instance {
  readonly iss: string;
  readonly jkt: string;
  readonly app: string;
  /** Format it was enrolled by; a floor for every refresh. */
  readonly format: string;
  /** base64url SHA-256 of the platform's attested key: unique for each (iss, app, format). */
  readonly attestedKey: string;
  /** SPKI (base64url DER) of the platform's attested key, for assertions. */
  readonly attestedSpki: string;
  readonly lineage: string;
  readonly status: InstanceStatus;
  /** Unsigned 32-bit; 0 as attested. */
  readonly counter: number;
  readonly environment: string | null;
  /** Last attestation of the key, and last fresh platform evidence. */
  readonly vat: number;
  readonly fat: number;
  readonly createdAt: number;
  /** HMACs of the chain's certificate serials, so that a later revocation finds the instance. */
  readonly serialHmacs: readonly string[];
  /** The facts of the enrolment, carried into the appraisals of refreshes that bring no attestation of their own. */
  readonly facts: Facts;
}

/** What was known when a decision was made: enough to replay it. Holds no evidence bytes and no device identifier. */
export interface AppraisalRecord {
  /** base64url SHA-256 of each piece of evidence, in order. */
  readonly evidenceDigests: readonly { readonly role: string; readonly digest: string }[];
  /** For every certificate: HMACs of its serial and of its SPKI digest under the issuer's long-lived key. */
  readonly certificates: readonly { readonly serial: string; readonly spki: string }[];
  readonly challenge: string;
  /** Clock handed to the verifiers. */
  readonly at: number;
  readonly anchor: string | null;
  readonly anchorsVersion: string;
  readonly statusListVersion: string | null;
  readonly sdk: string | null;
  readonly pinset: string | null;
  readonly bundledPinset: string | null;
  readonly challengeAgeMs: number;
  /** HMAC of the client address under a daily key. */
  readonly addressHmac: string | null;
  readonly latencyMs: Readonly<Record<string, number>>;
}

export type Purpose = 'enrol' | 'refresh' | 'rekey' | 'step_up';

/** One decision about valid evidence. */
export interface Appraisal {
  readonly iss: string;
  /** Sortable by time. */
  readonly id: string;
  readonly support: string;
  readonly app: string;
  readonly purpose: Purpose;
  readonly at: number;
  readonly jkt: string;
  readonly lineage: string;
  readonly format: string;
  readonly platform: string | null;
  readonly requestHash: string;
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly record: AppraisalRecord;
}

export interface Redemption {
  /** base64url SHA-256 of the challenge text. */
  readonly challengeHash: string;
  /** base64url SHA-256 of the request JWS. */
  readonly requestHash: string;
  readonly expiresAt: number;
}

export type InstanceChange =
  | { readonly kind: 'enrol'; readonly instance: Instance }
  /** `counter` is present when an assertion by the stored attested key came along. */
  | { readonly kind: 'refresh'; readonly jkt: string; readonly counter?: number; readonly fat: number }
  /** Proven by `cosign` of the old key, or by an assertion of the stored attested key (`counter`). */
  | { readonly kind: 'rekey'; readonly old: string; readonly counter?: number; readonly instance: Instance };

/** A secret that is to be delivered, with its daily limit for one lineage. */
export interface Delivery {
  readonly lineage: string;
  readonly secret: string;
  readonly version: number;
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly max: number;
}

export interface Acceptance {
  readonly iss: string;
  readonly redemption: Redemption;
  readonly change: InstanceChange;
  readonly appraisal: Appraisal;
  readonly deliveries: readonly Delivery[];
  /** Sealed evidence, only by the operator's choice, with its end date. */
  readonly retained?: { readonly sealed: string; readonly until: number };
}

export type AcceptOutcome =
  /** Committed. `delivered` names the secrets whose daily limit still had room. */
  | { readonly outcome: 'accepted'; readonly delivered: readonly string[] }
  /** The same request was committed before; it may be answered again from that appraisal. */
  | { readonly outcome: 'repeated'; readonly appraisal: Appraisal }
  | { readonly outcome: 'challenge_used' }
  | { readonly outcome: 'key_registered' }
  | { readonly outcome: 'counter_replayed' }
  | { readonly outcome: 'instance_unknown' }
  | { readonly outcome: 'instance_revoked' };

export interface AttestStore {
  /** The accepting transaction: redemption, instance, appraisal, deliveries, all or nothing (`docs/protocol.md`, State). */
  accept(acceptance: Acceptance): Promise<AcceptOutcome>;
  /** The appraisal already committed for this challenge by this very request, and counts one re-issue; at most `maxReissues`. */
  repeat(iss: string, redemption: Redemption, maxReissues: number): Promise<Appraisal | 'challenge_used' | undefined>;
  /** How often each secret was delivered to a lineage on a UTC day, `YYYY-MM-DD`. */
  deliveries(
    iss: string,
    lineage: string,
    day: string,
  ): Promise<readonly { readonly secret: string; readonly version: number; readonly times: number }[]>;
  instance(iss: string, jkt: string): Promise<Instance | undefined>;
  setInstanceStatus(iss: string, jkt: string, status: InstanceStatus): Promise<boolean>;
  /** Active instances whose chain holds one of these serial HMACs. */
  instancesBySerial(iss: string, serialHmac: string): Promise<readonly string[]>;
  appraisalBySupport(iss: string, support: string): Promise<Appraisal | undefined>;
  appraisal(iss: string, id: string): Promise<Appraisal | undefined>;
  /** Newest first; `before` is an appraisal id (keyset paging). */
  appraisals(iss: string, page: { readonly before?: string; readonly limit: number }): Promise<readonly Appraisal[]>;
  /** Evidence kept for this appraisal, sealed, while its end has not come. */
  retained(iss: string, appraisal: string): Promise<{ readonly sealed: string; readonly until: number } | undefined>;
  /** Deletes redemptions and retained evidence whose end has come, and delivery counts of past days; returns how many rows went. */
  expire(now: number): Promise<number>;
}

/** Invalid evidence and malformed requests: counters, and a bounded sample for each (app, class, hour). */
export interface RejectionSample {
  readonly iss: string;
  readonly app: string;
  readonly code: string;
  readonly at: number;
  readonly support: string;
  readonly checks: readonly CheckResult[];
  readonly addressHmac: string | null;
}

export interface RejectionStore {
  /** Adds `counts` (code -> times) for an hour and keeps samples while fewer than `maxSamples` exist for (iss, app, hour). */
  recordRejections(
    iss: string,
    app: string,
    hour: number,
    counts: Readonly<Record<string, number>>,
    samples: readonly RejectionSample[],
    maxSamples: number,
  ): Promise<void>;
  rejectionCounts(
    iss: string,
    since: number,
  ): Promise<readonly { app: string; hour: number; code: string; count: number }[]>;
  rejectionSamples(iss: string, limit: number): Promise<readonly RejectionSample[]>;
  rejectionBySupport(iss: string, support: string): Promise<RejectionSample | undefined>;
}

export type KeyUse = 'challenge' | 'token' | 'reply' | 'record';
export type KeyState = 'next' | 'active' | 'retiring' | 'gone';

/** A key at rest: `sealed` opens only with the key-encryption key, which the database does not hold. */
export interface KeyRow {
  readonly iss: string;
  readonly use: KeyUse;
  readonly kid: string;
  readonly state: KeyState;
  /** JSON of the public JWK, or null for symmetric keys. */
  readonly publicJwk: string | null;
  readonly sealed: string;
  readonly createdAt: number;
  /** When the state last changed. */
  readonly changedAt: number;
}

export interface KeyStore {
  keys(iss: string, use: KeyUse): Promise<readonly KeyRow[]>;
  /** False when (iss, use, kid) exists already. */
  addKey(row: KeyRow): Promise<boolean>;
  /** Compare-and-set of a key's state; false when it was not `from` any more. */
  setKeyState(iss: string, use: KeyUse, kid: string, from: KeyState, to: KeyState, at: number): Promise<boolean>;
  /** Replaces the sealed form after the key-encryption key was changed; compare-and-set on the old form. */
  rewrapKey(iss: string, use: KeyUse, kid: string, from: string, to: string): Promise<boolean>;
}

/** A registered app, API, policy or other named document of an issuer: JSON with a version for compare-and-set. */
export interface Registered<T> {
  readonly value: T;
  readonly version: number;
  readonly updatedAt: number;
}

export type RegistryKind = 'app' | 'api' | 'policy' | 'root' | 'setting';

export interface RegistryStore {
  registered(iss: string, kind: RegistryKind, id: string): Promise<Registered<string> | undefined>;
  listRegistered(iss: string, kind: RegistryKind): Promise<readonly (Registered<string> & { readonly id: string })[]>;
  /** Writes JSON text when the stored version equals `expected` (0 = not there yet); false when it does not. */
  register(iss: string, kind: RegistryKind, id: string, json: string, expected: number, now: number): Promise<boolean>;
}

export interface SecretRow {
  readonly iss: string;
  readonly app: string;
  readonly name: string;
  readonly version: number;
  readonly sealed: string;
  /** JSON of the delivery rule: minimum assurance, daily limit, seconds to live. */
  readonly rule: string;
  readonly createdAt: number;
}

export interface SecretStore {
  /** Adds the next version; false when (iss, app, name, version) exists. */
  addSecret(row: SecretRow): Promise<boolean>;
  /** The newest version of each secret of the app. */
  currentSecrets(iss: string, app: string): Promise<readonly SecretRow[]>;
  rewrapSecret(iss: string, app: string, name: string, version: number, from: string, to: string): Promise<boolean>;
}

export interface PinSetRow {
  readonly iss: string;
  readonly app: string;
  readonly epoch: number;
  readonly version: number;
  readonly hash: string;
  /** The wire form, exact text. */
  readonly document: string;
  readonly publishedAt: number;
}

export interface PinStore {
  /** False when (epoch, version) exists already or is not newer than the newest. */
  addPinSet(row: PinSetRow): Promise<boolean>;
  newestPinSet(iss: string, app: string): Promise<PinSetRow | undefined>;
}

/** One admin act in the hash chain: `hash` covers `previous` and every other member. */
export interface AuditRow {
  readonly iss: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  /** JSON, without secrets. */
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditStore {
  lastAudit(iss: string): Promise<AuditRow | undefined>;
  /** False when `seq` is taken: the caller reads the last row again and retries. */
  appendAudit(row: AuditRow): Promise<boolean>;
  audit(iss: string, after: number, limit: number): Promise<readonly AuditRow[]>;
}

/** A credential of the operator interface; `digest` is SHA-256 of the token, which is shown once and never stored. */
export interface Credential {
  readonly id: string;
  readonly digest: string;
  /** JSON array of scopes. */
  readonly scopes: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export interface CredentialStore {
  addCredential(credential: Credential): Promise<boolean>;
  credentialByDigest(digest: string): Promise<Credential | undefined>;
  revokeCredential(id: string, at: number): Promise<boolean>;
  credentials(): Promise<readonly Credential[]>;
}

export interface Store
  extends AttestStore,
    RejectionStore,
    KeyStore,
    RegistryStore,
    SecretStore,
    PinStore,
    AuditStore,
    CredentialStore {
  readonly engine: 'sqlite' | 'postgres';
  /** Resolves when a round trip to the engine works; throws an UpstreamError when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
