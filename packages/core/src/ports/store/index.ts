/**
 * The store as the use cases see it. Every row belongs to one issuer (`iss`: one tenant, one environment).
 * Times are epoch milliseconds, ids and digests are text (base64url or hex), so that one SQL text serves every engine.
 */
import type { AttestStore } from './attest.ts';
import type { KeyStore } from './keys.ts';
import type { AuditStore, CredentialStore } from './operators.ts';
import type { PinStore } from './pins.ts';
import type { RegistryStore } from './registry.ts';
import type { RejectionStore } from './rejections.ts';
import type { SecretStore } from './secrets.ts';

export * from './appraisals.ts';
export * from './attest.ts';
export * from './keys.ts';
export * from './operators.ts';
export * from './pins.ts';
export * from './registry.ts';
export * from './rejections.ts';
export * from './secrets.ts';

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
