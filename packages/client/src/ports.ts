import type { BoxExpectation, OpenedBox } from '@assay/secrets/box';
import type { EcJwk } from '@assay/tokens/wire';

/** The encryption key E: in memory, for one request, good for the secrets of its reply. */
export interface EncryptionKey {
  readonly jwk: EcJwk;
  /** Opens one box with `openBox` of `@assay/secrets/box`, which compares the header first. */
  open(box: string, expected: BoxExpectation): Promise<OpenedBox>;
}

/** Cryptography that the engine needs. Signing is the platform's: K never leaves it. */
export interface ClientCrypto {
  sha256(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** ES256: whether `signature`, r and s of 32 bytes each, is by `key` over `bytes`. */
  verify(key: EcJwk, bytes: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
  createEncryptionKey(): Promise<EncryptionKey>;
}

/** Small texts that outlive the app: on a phone, what the keychain or keystore guards. */
export interface SecureStorage {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}

/** Calls back once after so many milliseconds, unless the function that it returns is called before. */
export type Timer = (milliseconds: number, callback: () => void) => () => void;
