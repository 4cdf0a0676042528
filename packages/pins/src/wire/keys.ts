import type { EcJwk } from '@assay/formats/shape';

export type { EcJwk } from '@assay/formats/shape';

/** `root`: offline keys of people. `pins`: signs pin sets, never on the server. `reply`: the server's, signs replies. */
export const ROLES: readonly ['root', 'pins', 'reply'] = ['root', 'pins', 'reply'];
export type RoleName = (typeof ROLES)[number];

export interface Role {
  /** By key id. */
  readonly keys: ReadonlyMap<string, EcJwk>;
  /** How many distinct public keys must sign. */
  readonly threshold: number;
}

/** What the documents need of cryptography; handed in, since apps have no `node:crypto`. */
export interface PinCrypto {
  /** ES256 (RFC 7518 3.4): whether `signature`, r and s of 32 bytes each, is by `key` over `bytes`. */
  verify(key: EcJwk, bytes: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
  sha256(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Names the holder of a key, whatever `kid` it goes by: who knows the secret of (x, y) knows that of (x, −y). */
export function identityOf({ x }: EcJwk): string {
  return x;
}
