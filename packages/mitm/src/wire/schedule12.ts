import { createHmac } from 'node:crypto';
import { concat } from '@assay/formats';
import type { Keys } from './protection.ts';
import type { Suite } from './suites.ts';

type Hash = Suite['hash'];

/** Both randoms of a handshake. */
export interface Randoms {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

const MASTER_LENGTH = 48;
const VERIFY_LENGTH = 12;

/** RFC 5246 8.1. */
export function masterSecret(hash: Hash, shared: Uint8Array, randoms: Randoms): Uint8Array {
  return prf(hash, shared, 'master secret', concat(randoms.client, randoms.server), MASTER_LENGTH);
}

/** RFC 7627 4. `transcript`: hash up to ClientKeyExchange. */
export function extendedMasterSecret(hash: Hash, shared: Uint8Array, transcript: Uint8Array): Uint8Array {
  return prf(hash, shared, 'extended master secret', transcript, MASTER_LENGTH);
}

/** RFC 5246 6.3; AEADs have no MAC keys. */
export function keys12({ hash, aead }: Suite, master: Uint8Array, randoms: Randoms): { client: Keys; server: Keys } {
  const ivLength = 12 - aead.explicitNonce;
  const seed = concat(randoms.server, randoms.client);
  const block = prf(hash, master, 'key expansion', seed, 2 * (aead.keyLength + ivLength));
  const ivs = 2 * aead.keyLength;
  return {
    client: { aead, key: block.subarray(0, aead.keyLength), iv: block.subarray(ivs, ivs + ivLength) },
    server: { aead, key: block.subarray(aead.keyLength, ivs), iv: block.subarray(ivs + ivLength) },
  };
}

/** verify_data of Finished (RFC 5246 7.4.9). */
export function finished12(
  hash: Hash,
  master: Uint8Array,
  whose: 'client' | 'server',
  transcript: Uint8Array,
): Uint8Array {
  return prf(hash, master, `${whose} finished`, transcript, VERIFY_LENGTH);
}

/** RFC 5246 5. */
export function prf(hash: Hash, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const hmac = (...parts: readonly Uint8Array[]): Uint8Array =>
    createHmac(hash, secret)
      .update(concat(...parts))
      .digest();
  const labelled = concat(Buffer.from(label), seed);
  const blocks: Uint8Array[] = [];
  let chained = labelled;
  for (let made = 0; made < length; made += blocks.at(-1)?.length ?? length) {
    chained = concat(hmac(chained));
    blocks.push(hmac(chained, labelled));
  }
  return concat(...blocks).subarray(0, length);
}
