import { exactly, oneOf, type Reader, text } from './shape.ts';

/** A P-256 public key. Its coordinates are canonical base64url of 32 bytes, so equal keys have equal text. */
export interface EcJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

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

const coordinate = text(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'canonical base64url of 32 bytes');

export const ecJwk: Reader<EcJwk> = (value, path) => {
  const { kty, crv, x, y } = exactly(value, path, ['kty', 'crv', 'x', 'y']);
  return {
    kty: oneOf('EC')(kty, `${path}.kty`),
    crv: oneOf('P-256')(crv, `${path}.crv`),
    x: coordinate(x, `${path}.x`),
    y: coordinate(y, `${path}.y`),
  };
};

/** Names the holder of a key, whatever `kid` it goes by: who knows the secret of (x, y) knows that of (x, −y). */
export function identityOf({ x }: EcJwk): string {
  return x;
}
