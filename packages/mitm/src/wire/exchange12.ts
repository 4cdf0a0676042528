import { createDiffieHellmanGroup, type KeyObject } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat } from '@assay/formats';
import { HANDSHAKE, VERSION } from './codes.ts';
import { wireFault } from './fault.ts';
import { GROUPS, type Group, type Share } from './groups.ts';
import { chooseScheme, SCHEMES_BEFORE_12, signWith } from './signing.ts';
import { handshake, number, vector } from './writer.ts';

/** How a cipher suite up to TLS 1.2 agrees on a secret, by the beginning of its name. */
export interface Exchange {
  readonly prefix: string;
  readonly params: 'none' | 'ecdh' | 'dh' | 'rsa';
  /** Without one, nobody says who they are: no Certificate, no signature. */
  readonly authenticated: boolean;
}

/** The first that fits counts. */
const EXCHANGES: readonly Exchange[] = [
  { prefix: 'TLS_ECDHE_', params: 'ecdh', authenticated: true },
  { prefix: 'TLS_ECDH_anon_', params: 'ecdh', authenticated: false },
  { prefix: 'TLS_DHE_', params: 'dh', authenticated: true },
  { prefix: 'TLS_DH_anon_', params: 'dh', authenticated: false },
  { prefix: 'TLS_RSA_EXPORT_', params: 'rsa', authenticated: true },
];
const STATIC: Exchange = { prefix: '', params: 'none', authenticated: true };

export function exchangeOf(cipher: string): Exchange {
  return EXCHANGES.find(({ prefix }) => cipher.startsWith(prefix)) ?? STATIC;
}

/** ServerECDHParams: a named curve and a public key (RFC 8422 5.4). */
export function ecdhParams(group: number, share: Share): Uint8Array {
  const namedCurve = 3;
  return concat(number(1, namedCurve), number(2, group), vector(1, share.publicKey));
}

/** By bits: RFC 2409 6.2, RFC 3526 3. */
const DH_GROUPS = { 1024: 'modp2', 2048: 'modp14' } as const;

/** ServerDHParams (RFC 5246 7.4.3): of 2,048 bits unless the group is to be at fault. node:crypto draws the key by itself. */
export function dhParams(bits: keyof typeof DH_GROUPS = 2048): Uint8Array {
  const group = createDiffieHellmanGroup(DH_GROUPS[bits]);
  return concat(vector(2, group.getPrime()), vector(2, group.getGenerator()), vector(2, group.generateKeys()));
}

/** ServerRSAParams of export suites (RFC 2246 7.4.3): what looks like a key of 512 bits, since nobody comes to use it. */
export function exportParams(random: Random): Uint8Array {
  const modulus = random(64).slice();
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[63] = (modulus[63] ?? 0) | 1;
  return concat(vector(2, modulus), vector(2, Uint8Array.of(1, 0, 1)));
}

/** The group for ECDHE: without a list any will do, and P-256 is what everybody has (RFC 8422 4). Throws `mitm.wire_no_group`. */
export function chooseGroup(offered: readonly number[]): Group {
  const group = offered.length === 0 ? GROUPS.at(-1) : GROUPS.find(({ id }) => offered.includes(id));
  if (group === undefined) throw wireFault('mitm.wire_no_group');
  return group;
}

export interface Signing {
  readonly key: KeyObject;
  readonly version: number;
  /** SignatureSchemes that the client offers. */
  readonly offered: readonly number[];
  readonly randoms: Uint8Array;
}

/** ServerKeyExchange with the signature over randoms and parameters (RFC 5246 7.4.3, RFC 4346 7.4.3, RFC 8422 5.4). */
export function signedKeyExchange(params: Uint8Array, { key, version, offered, randoms }: Signing): Uint8Array {
  const isOld = version < VERSION['tls1.2'];
  const scheme = isOld
    ? SCHEMES_BEFORE_12.find((row) => row.key === key.asymmetricKeyType)
    : chooseScheme(key, offered, false);
  if (scheme === undefined) throw wireFault('mitm.wire_key_unusable');
  const signature = vector(2, signWith(scheme, key, concat(randoms, params)));
  return keyExchange(concat(params, ...(isOld ? [] : [number(2, scheme.id)]), signature));
}

export function keyExchange(params: Uint8Array): Uint8Array {
  return handshake(HANDSHAKE.serverKeyExchange, params);
}
