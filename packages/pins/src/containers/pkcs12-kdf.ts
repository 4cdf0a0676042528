import { createHash } from 'node:crypto';

/** What a derived key is for (RFC 7292 B.3). */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

export interface KdfInput {
  readonly hash: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  readonly purpose: (typeof PURPOSE)[keyof typeof PURPOSE];
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

const SIZES: Readonly<Record<KdfInput['hash'], readonly [output: number, block: number]>> = {
  sha1: [20, 64],
  sha224: [28, 64],
  sha256: [32, 64],
  sha384: [48, 128],
  sha512: [64, 128],
};

/** How many octets a digest has. */
export const digestLength = (hash: KdfInput['hash']): number => SIZES[hash][0];

/** The key derivation of PKCS#12 (RFC 7292 B.2). `password` is a BMPString with its end (B.1), see {@link bmpPassword}. */
export function deriveKey(password: Uint8Array, { hash, purpose, salt, iterations, length }: KdfInput): Buffer {
  const [output, block] = SIZES[hash];
  const diversifier = Buffer.alloc(block, purpose);
  const seed = Buffer.concat([repeated(salt, block), repeated(password, block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length; made += output) {
    const part = digestOften(hash, Buffer.concat([diversifier, seed]), iterations);
    parts.push(part);
    addToBlocks(seed, repeated(part, block), block);
  }
  return Buffer.concat(parts).subarray(0, length);
}

function digestOften(hash: string, first: Buffer, iterations: number): Buffer {
  let digest = createHash(hash).update(first).digest();
  for (let round = 1; round < iterations; round += 1) digest = createHash(hash).update(digest).digest();
  return digest;
}

/** Copied as often as it takes to fill whole blocks; nothing stays nothing. */
function repeated(bytes: Uint8Array, block: number): Buffer {
  const length = Math.ceil(bytes.length / block) * block;
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
}

/** Each block of `seed` becomes itself + `addend` + 1, modulo its size (B.2, 6 C). */
function addToBlocks(seed: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < seed.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at -= 1) {
      const sum = (seed[start + at] ?? 0) + (addend[at] ?? 0) + carry;
      seed[start + at] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}

/** UTF-16, big-endian, with two zero octets at the end (RFC 7292 B.1). */
export function bmpPassword(passphrase: string): Buffer {
  return Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
}
