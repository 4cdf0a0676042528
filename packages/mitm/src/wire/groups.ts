import { createECDH, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat, parseHex } from '@assay/formats';
import { wireFault } from './fault.ts';

/** One side of a key agreement. */
export interface Share {
  readonly publicKey: Uint8Array;
  /** The secret shared with the owner of the other public key. Throws `mitm.wire_share_invalid`. */
  agree(other: Uint8Array): Uint8Array;
}

export interface Group {
  /** NamedGroup (RFC 8446 4.2.7). */
  readonly id: number;
  create(random: Random): Share;
}

/** By preference. */
export const GROUPS: readonly Group[] = [
  { id: 0x001d, create: createX25519 },
  { id: 0x0017, create: createP256 },
];

/** PrivateKeyInfo and SubjectPublicKeyInfo of X25519 up to the key itself (RFC 8410 7, 4). */
const X25519_PRIVATE = parseHex('302e020100300506032b656e04220420');
const X25519_PUBLIC = parseHex('302a300506032b656e032100');

function createX25519(random: Random): Share {
  const key = Buffer.from(concat(X25519_PRIVATE, random(32)));
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(X25519_PUBLIC.length),
    agree: (other) =>
      agreed(() => {
        // node:crypto passes over what follows the key.
        if (other.length !== 32) throw wireFault('mitm.wire_share_invalid');
        const publicKey = createPublicKey({
          key: Buffer.from(concat(X25519_PUBLIC, other)),
          format: 'der',
          type: 'spki',
        });
        return diffieHellman({ privateKey, publicKey });
      }),
  };
}

function createP256(random: Random): Share {
  const scalar = random(32).slice();
  // Below the order of the group whatever chance gave.
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  return { publicKey: pair.getPublicKey(), agree: (other) => agreed(() => pair.computeSecret(other)) };
}

/** node:crypto refuses lengths, points off the curve and a secret of zeros (RFC 8446 7.4.2). */
function agreed(agree: () => Uint8Array): Uint8Array {
  try {
    return agree();
  } catch {
    throw wireFault('mitm.wire_share_invalid');
  }
}
