import { createHmac, timingSafeEqual } from 'node:crypto';
import { AssayError } from '@assay/core';
import { concat, DerReader, FormatError, normaliseBer, TAG } from '@assay/formats';
import { unusable } from '../unusable.ts';
import { createWork, decrypt, PKCS12_COST, spendIterations, type Work } from './decrypt.ts';
import { CONTAINER_LIMITS } from './pkcs7.ts';
import { bmpPassword, deriveKey, digestLength, type KdfInput, PURPOSE } from './pkcs12-kdf.ts';

/** What a PKCS#12 file holds that has a pin. */
export interface Pkcs12Content {
  /** DER, in the file's order. */
  readonly certificates: readonly Uint8Array[];
  /** Unencrypted PrivateKeyInfo, DER. Whoever takes them keeps them to itself. */
  readonly privateKeys: readonly Uint8Array[];
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';

/**
 * Reads a PKCS#12 file (RFC 7292): its integrity by the MAC, then the certificates and keys. Encryption is PBES2 or
 * PKCS#12's own 3DES. An empty passphrase is tried where none is given.
 *
 * @throws ConfigError `pins.passphrase_needed`, `pins.passphrase_wrong`, `pins.encryption_unsupported`,
 * `pins.container_empty`; FormatError
 */
export function readPkcs12(ber: Uint8Array, passphrase: string | undefined): Pkcs12Content {
  try {
    return readWith(ber, passphrase ?? '');
  } catch (error) {
    if (passphrase !== undefined || !isAboutPassphrase(error)) throw error;
    throw unusable('pins.passphrase_needed');
  }
}

const isAboutPassphrase = (error: unknown): boolean =>
  error instanceof AssayError && error.code === 'pins.passphrase_wrong';

function readWith(ber: Uint8Array, passphrase: string): Pkcs12Content {
  const outer = DerReader.of(normaliseBer(ber, CONTAINER_LIMITS), CONTAINER_LIMITS);
  const pfx = outer.enter(TAG.SEQUENCE);
  outer.end();
  pfx.smallInteger(VERSION);
  const info = pfx.enter(TAG.SEQUENCE);
  if (info.oid() !== DATA) throw unusable('pins.encryption_unsupported', 'a file that a public key protects');
  const authSafe = info.enter(EXPLICIT_0).octetString();
  const reading: Reading = { passphrase, work: createWork(), certificates: [], privateKeys: [] };
  if (!pfx.isEmpty) assertMac(pfx.enter(TAG.SEQUENCE), authSafe, reading);
  for (const content of sequenceOf(authSafe)) readContentInfo(content.enter(TAG.SEQUENCE), reading);
  if (reading.certificates.length + reading.privateKeys.length === 0) throw unusable('pins.container_empty');
  return reading;
}

const VERSION = 3;
const EXPLICIT_0 = 0xa0;

interface Reading {
  readonly passphrase: string;
  readonly work: Work;
  readonly certificates: Uint8Array[];
  readonly privateKeys: Uint8Array[];
}

/** A reader at each member of a SEQUENCE, which may be BER inside the OCTET STRING that it came in. */
function* sequenceOf(ber: Uint8Array): Generator<DerReader> {
  const outer = DerReader.of(normaliseBer(ber, CONTAINER_LIMITS), CONTAINER_LIMITS);
  const list = outer.enter(TAG.SEQUENCE);
  outer.end();
  for (; !list.isEmpty; ) yield list;
}

/** The digests of RFC 7292 A, by OID. */
const HASHES: ReadonlyMap<string, KdfInput['hash']> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** RFC 7292 5.1, MacData: tells a wrong passphrase, and a file that was tampered with, before anything is decrypted. */
function assertMac(mac: DerReader, content: Uint8Array, { passphrase, work }: Reading): void {
  const info = mac.enter(TAG.SEQUENCE);
  const oid = info.enter(TAG.SEQUENCE).oid();
  const hash = HASHES.get(oid);
  if (hash === undefined) throw unusable('pins.encryption_unsupported', `a MAC by ${oid}`);
  const expected = info.octetString();
  // The length of the derived key as well: it must never be the file's to choose.
  const length = digestLength(hash);
  if (expected.length !== length) throw unusable('pins.passphrase_wrong');
  const salt = mac.octetString();
  // An empty passphrase is two zero octets to some writers, and nothing at all to others.
  const passwords = passphrase === '' ? [bmpPassword(''), new Uint8Array()] : [bmpPassword(passphrase)];
  const cost = passwords.length * PKCS12_COST;
  const iterations = spendIterations(work, mac.isEmpty ? 1 : mac.smallInteger(), cost);
  const key = (password: Uint8Array) => deriveKey(password, { hash, purpose: PURPOSE.mac, salt, iterations, length });
  const isRight = (password: Uint8Array): boolean => {
    return timingSafeEqual(createHmac(hash, key(password)).update(content).digest(), expected);
  };
  if (!passwords.some(isRight)) throw unusable('pins.passphrase_wrong');
}

function readContentInfo(info: DerReader, reading: Reading): void {
  const oid = info.oid();
  const content = info.enter(EXPLICIT_0);
  const bags = oid === DATA ? content.octetString() : decrypted(oid, content, reading);
  readBags(bags, reading, 0);
}

function decrypted(oid: string, content: DerReader, { passphrase, work }: Reading): Uint8Array {
  if (oid !== ENCRYPTED_DATA) throw unusable('pins.encryption_unsupported', oid);
  const encrypted = content.enter(TAG.SEQUENCE);
  encrypted.integer();
  const inner = encrypted.enter(TAG.SEQUENCE);
  inner.oid();
  const algorithm = inner.enter(TAG.SEQUENCE);
  return decrypt(algorithm, implicitOctets(inner), passphrase, work);
}

/** `[0] IMPLICIT OCTET STRING`, whole or, in BER, in segments. */
function implicitOctets(reader: DerReader): Uint8Array {
  if (reader.peek() !== EXPLICIT_0) return reader.content(0x80);
  const segments = reader.enter(EXPLICIT_0);
  const parts: Uint8Array[] = [];
  while (!segments.isEmpty) parts.push(segments.octetString());
  return concat(...parts);
}

type BagReader = (value: DerReader, reading: Reading, depth: number) => void;

/** RFC 7292 4.2; lists of revocations and secrets have no pins. */
const BAGS: ReadonlyMap<string, BagReader> = new Map<string, BagReader>([
  ['1.2.840.113549.1.12.10.1.1', (value, { privateKeys }) => void privateKeys.push(value.raw(TAG.SEQUENCE))],
  ['1.2.840.113549.1.12.10.1.2', readShroudedKey],
  ['1.2.840.113549.1.12.10.1.3', readCertificate],
  ['1.2.840.113549.1.12.10.1.6', (value, reading, depth) => readBags(value.raw(TAG.SEQUENCE), reading, depth + 1)],
]);

const MAX_DEPTH = 4;

function readBags(bytes: Uint8Array, reading: Reading, depth: number): void {
  if (depth > MAX_DEPTH) throw new FormatError('der.too_deep', 0);
  for (const list of sequenceOf(bytes)) {
    const bag = list.enter(TAG.SEQUENCE);
    const read = BAGS.get(bag.oid());
    if (read !== undefined) read(bag.enter(EXPLICIT_0), reading, depth);
  }
}

function readShroudedKey(value: DerReader, { privateKeys, passphrase, work }: Reading): void {
  const info = value.enter(TAG.SEQUENCE);
  const algorithm = info.enter(TAG.SEQUENCE);
  privateKeys.push(decrypt(algorithm, info.octetString(), passphrase, work));
}

const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';

function readCertificate(value: DerReader, { certificates }: Reading): void {
  const bag = value.enter(TAG.SEQUENCE);
  if (bag.oid() === X509_CERTIFICATE) certificates.push(bag.enter(EXPLICIT_0).octetString());
}
