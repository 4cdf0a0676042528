/**
 * The store as the use cases see it. Every row belongs to one issuer (`iss`: one tenant, one environment).
 * Times are epoch milliseconds, ids and digests are text (base64url or hex), so that one SQL text serves every engine.
 */
import type { AttestStore } from './attest.ts';
import type { KeyStore } from './keys.ts';
import type { AuditStore, CredentialStore } from './operators.ts';
import type { OrderStore } from './orders.ts';
import type { PinStore } from './pins.ts';
import type { PolicyStore } from './policies.ts';
import type { RegistryStore } from './registry.ts';
import type { RejectionStore } from './rejections.ts';
import type { ReviewStore } from './reviews.ts';
import type { SealedStore } from './sealed.ts';
import type { SecretStore } from './secrets.ts';
import type { VendorStore } from './vendors.ts';

export * from './appraisals.ts';
export * from './attest.ts';
export * from './keys.ts';
export * from './operators.ts';
export * from './orders.ts';
export * from './pins.ts';
export * from './policies.ts';
export * from './registry.ts';
export * from './rejections.ts';
export * from './reviews.ts';
export * from './sealed.ts';
export * from './secrets.ts';
export * from './vendors.ts';

/** What one act of an operator may change: every table but those of the attest path. */
export interface ActStore
  extends KeyStore,
    RegistryStore,
    SecretStore,
    PinStore,
    AuditStore,
    CredentialStore,
    OrderStore,
    PolicyStore,
    Pick<VendorStore, 'addGrant' | 'revokeGrant' | 'keepTrustCopy'>,
    Pick<ReviewStore, 'addReappraisal'>,
    Pick<AttestStore, 'setInstanceStatus'> {}

export interface Store
  extends AttestStore,
    RejectionStore,
    KeyStore,
    RegistryStore,
    SecretStore,
    PinStore,
    AuditStore,
    CredentialStore,
    OrderStore,
    PolicyStore,
    VendorStore,
    ReviewStore,
    SealedStore {
  readonly engine: 'sqlite' | 'postgres';
  /**
   * Runs `act` in one transaction: all that it wrote is durable when this resolves, and nothing of it stays when it
   * throws. It may run more than once and awaits nothing but the tables that it is given.
   */
  atomically<T>(act: (tables: ActStore) => Promise<T>): Promise<T>;
  /** Resolves when a round trip to the engine works; throws an UpstreamError when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
