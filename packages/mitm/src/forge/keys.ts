import { createPublicKey, generateKeyPair, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { DerReader, TAG } from '@assay/formats';
import type { KeyKind } from '../recipe.ts';
import { unforgeable } from './fault.ts';

/** A private key with what certificates say about it. */
export interface LabKey {
  readonly family: 'ec' | 'rsa' | 'ed25519';
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** SHA-1 of the public key's bits: the key identifier of RFC 5280 4.2.1.2 (1), and the key hash of OCSP. */
  readonly id: Uint8Array;
}

const FAMILIES: ReadonlyMap<string | undefined, LabKey['family']> = new Map([
  ['ec', 'ec'],
  ['rsa', 'rsa'],
  ['ed25519', 'ed25519'],
]);

/** Undefined for what is no private key of a kind that servers have. */
export function labKeyOf(privateKey: KeyObject): LabKey | undefined {
  const family = FAMILIES.get(privateKey.asymmetricKeyType);
  if (privateKey.type !== 'private' || family === undefined) return undefined;
  const spki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { family, privateKey, spki, id: new Uint8Array(hash('sha1', publicBits(spki), 'buffer')) };
}

function publicBits(spki: Uint8Array): Uint8Array {
  const fields = DerReader.of(spki).enter(TAG.SEQUENCE);
  fields.skip();
  return fields.bitString().bytes;
}

function known(privateKey: KeyObject): LabKey {
  const key = labKeyOf(privateKey);
  if (key === undefined) throw new TypeError('keys are generated of kinds that servers have');
  return key;
}

/** Cheap enough to be made at once: a tenth of a millisecond. */
export function createP256(): LabKey {
  return known(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}

const pairOf = promisify(generateKeyPair);
type Pair = Promise<{ readonly privateKey: KeyObject }>;

const rsa = (modulusLength: number, publicExponent = 65537): Pair => pairOf('rsa', { modulusLength, publicExponent });
const ec = (namedCurve: string): Pair => pairOf('ec', { namedCurve });

const GENERATORS: Readonly<Record<KeyKind, () => Pair>> = {
  p256: () => ec('P-256'),
  p384: () => ec('P-384'),
  p192: () => ec('prime192v1'),
  ed25519: () => pairOf('ed25519'),
  'rsa-512': () => rsa(512),
  'rsa-1024': () => rsa(1024),
  'rsa-2048': () => rsa(2048),
  'rsa-4096': () => rsa(4096),
  'rsa-exponent-3': () => rsa(2048, 3),
};

/**
 * Generates a key off the main thread: RSA-4096 takes a second or more.
 * Raises mitm.recipe_unforgeable where this OpenSSL was built without such keys, as some are without P-192.
 */
export async function createKey(kind: KeyKind): Promise<LabKey> {
  const { privateKey } = await GENERATORS[kind]().catch((cause: unknown) => {
    throw unforgeable('key', kind, cause);
  });
  return known(privateKey);
}
