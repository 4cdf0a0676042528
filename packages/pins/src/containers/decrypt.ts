import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { type DerReader, TAG } from '@assay/formats';
import { unusable } from '../unusable.ts';
import { bmpPassword, deriveKey, PURPOSE } from './pkcs12-kdf.ts';

/** How much key derivation one input may ask for. OpenSSL writes 2048 rounds, careful tools some hundred thousand. */
const MAX_ITERATIONS = 4_000_000;

/** What is left of the work that one input may cause, over all that is encrypted in it. */
export interface Work {
  iterations: number;
}

export const createWork = (): Work => ({ iterations: MAX_ITERATIONS });

/**
 * A round of PKCS#12's own derivation, which is a digest made in script, takes as long as this many of PBKDF2. Its files
 * have some thousand rounds.
 */
export const PKCS12_COST = 5;

/**
 * `cost` is how many rounds of PBKDF2 one iteration takes as long as.
 *
 * @throws ConfigError `pins.encryption_unsupported` when the input asks for more than any honest one
 */
export function spendIterations(work: Work, iterations: number, cost = 1): number {
  work.iterations -= iterations * cost;
  if (iterations < 1 || work.iterations < 0) throw unusable('pins.encryption_unsupported', 'too many iterations');
  return iterations;
}

interface Derived {
  readonly cipher: string;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

type Derive = (parameters: DerReader, passphrase: string, work: Work) => Derived;

const PBES2 = '1.2.840.113549.1.5.13';

/** Password-based encryption (RFC 7292 C, RFC 8018 6.2), one row a scheme. RC2 and RC4 are refused: 40 bits hide nothing. */
const SCHEMES: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['1.2.840.113549.1.12.1.3', pkcs12TripleDes(24)],
  ['1.2.840.113549.1.12.1.4', pkcs12TripleDes(16)],
  [PBES2, pbes2],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.12.1.1', 'RC4 with 128 bits'],
  ['1.2.840.113549.1.12.1.2', 'RC4 with 40 bits'],
  ['1.2.840.113549.1.12.1.5', 'RC2 with 128 bits'],
  ['1.2.840.113549.1.12.1.6', 'RC2 with 40 bits'],
]);

/**
 * Decrypts what an AlgorithmIdentifier of password-based encryption describes.
 *
 * @throws ConfigError `pins.passphrase_wrong`, `pins.encryption_unsupported`; FormatError
 */
export function decrypt(algorithm: DerReader, encrypted: Uint8Array, passphrase: string, work: Work): Buffer {
  const oid = algorithm.oid();
  const derive = SCHEMES.get(oid);
  if (derive === undefined) throw unusable('pins.encryption_unsupported', NAMES.get(oid) ?? oid);
  const { cipher, key, iv } = derive(algorithm.enter(TAG.SEQUENCE), passphrase, work);
  try {
    const decipher = createDecipheriv(cipher, key, iv);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch {
    // The cause would say nothing more, and padding is all that this level can tell a wrong key by.
    throw unusable('pins.passphrase_wrong');
  }
}

/** SHA-1 twice for a key that is longer than its output, and once for the IV. */
const TRIPLE_DES_DIGESTS = 3;

/** Two-key 3DES is three-key 3DES whose third key is the first again. */
function pkcs12TripleDes(keyLength: 16 | 24): Derive {
  return (parameters, passphrase, work) => {
    const salt = parameters.octetString();
    const iterations = spendIterations(work, parameters.smallInteger(), TRIPLE_DES_DIGESTS * PKCS12_COST);
    const password = bmpPassword(passphrase);
    const derived = (purpose: 1 | 2, length: number) =>
      deriveKey(password, { hash: 'sha1', purpose, salt, iterations, length });
    const key = derived(PURPOSE.key, keyLength);
    return {
      cipher: 'des-ede3-cbc',
      key: keyLength === 24 ? key : Buffer.concat([key, key.subarray(0, 8)]),
      iv: derived(PURPOSE.iv, 8),
    };
  };
}

const PBKDF2 = '1.2.840.113549.1.5.12';

const CIPHERS: ReadonlyMap<string, readonly [name: string, keyLength: number, ivLength: number]> = new Map([
  ['2.16.840.1.101.3.4.1.2', ['aes-128-cbc', 16, 16]],
  ['2.16.840.1.101.3.4.1.22', ['aes-192-cbc', 24, 16]],
  ['2.16.840.1.101.3.4.1.42', ['aes-256-cbc', 32, 16]],
  ['1.2.840.113549.3.7', ['des-ede3-cbc', 24, 8]],
]);

const HMAC_SHA1 = '1.2.840.113549.2.7';

const HMACS: ReadonlyMap<string, string> = new Map([
  [HMAC_SHA1, 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

function pbes2(parameters: DerReader, passphrase: string, work: Work): Derived {
  const kdf = parameters.enter(TAG.SEQUENCE);
  const scheme = parameters.enter(TAG.SEQUENCE);
  const cipherOid = scheme.oid();
  const [cipher, keyLength, ivLength] = CIPHERS.get(cipherOid) ?? unsupported(cipherOid);
  const iv = scheme.octetString();
  if (iv.length !== ivLength) throw unusable('pins.encryption_unsupported', 'an IV of another length');
  const kdfOid = kdf.oid();
  if (kdfOid !== PBKDF2) return unsupported(kdfOid);
  return { cipher, iv, key: pbkdf2(kdf.enter(TAG.SEQUENCE), passphrase, work, keyLength) };
}

/** PBKDF2-params (RFC 8018 A.2). */
function pbkdf2(parameters: DerReader, passphrase: string, work: Work, length: number): Buffer {
  const salt = parameters.octetString();
  const iterations = spendIterations(work, parameters.smallInteger());
  if (parameters.peek() === TAG.INTEGER) parameters.skip(); // key length, which the cipher says as well
  const prf = parameters.isEmpty ? HMAC_SHA1 : parameters.enter(TAG.SEQUENCE).oid();
  return pbkdf2Sync(passphrase, salt, iterations, length, HMACS.get(prf) ?? unsupported(prf));
}

/**
 * Of an EncryptedPrivateKeyInfo (RFC 5958 3), which OpenSSL opens as often as the file says: no more iterations than here.
 * Of scrypt OpenSSL bounds the memory alone, and would go on for hours.
 *
 * @throws ConfigError `pins.encryption_unsupported`; FormatError
 */
export function assertBoundedWork(encryptedKey: DerReader): void {
  const algorithm = encryptedKey.enter(TAG.SEQUENCE);
  const isPbes2 = algorithm.oid() === PBES2;
  const outer = algorithm.enter(TAG.SEQUENCE);
  const kdf = isPbes2 ? outer.enter(TAG.SEQUENCE) : undefined;
  const scheme = kdf?.oid() ?? PBKDF2;
  const parameters = kdf === undefined ? outer : kdf.enter(TAG.SEQUENCE);
  const assertBounded = BOUNDS.get(scheme) ?? unsupported(scheme);
  parameters.octetString(); // salt
  assertBounded(parameters);
}

/** What stands behind the salt, one row a derivation. */
const BOUNDS: ReadonlyMap<string, (parameters: DerReader) => void> = new Map([
  [PBKDF2, (parameters: DerReader) => void spendIterations(createWork(), parameters.smallInteger())],
  ['1.3.6.1.4.1.11591.4.11', assertBoundedScrypt],
]);

/** Eight times what fits into the memory that OpenSSL allows: about a second. OpenSSL itself writes 2^17. */
const MAX_SCRYPT = 2 ** 21;

/** scrypt-params (RFC 7914 7): cost, size of a block, and how often all of it is done. */
function assertBoundedScrypt(parameters: DerReader): void {
  const [cost, block, times] = [parameters.smallInteger(), parameters.smallInteger(), parameters.smallInteger()];
  if (cost * block * times > MAX_SCRYPT) throw unusable('pins.encryption_unsupported', 'too much work of scrypt');
}

function unsupported(oid: string): never {
  throw unusable('pins.encryption_unsupported', oid);
}
