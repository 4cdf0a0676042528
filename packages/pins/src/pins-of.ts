import { DerReader, der as derOf, normaliseBer, parsePem, TAG, toPem } from '@assay/formats';
import { parseKeyAlgorithm, spkiDigest, spkiOf } from '@assay/x509';
import { assertBoundedWork } from './containers/decrypt.ts';
import { CONTAINER_LIMITS, certificatesOfPkcs7 } from './containers/pkcs7.ts';
import { readPkcs12 } from './containers/pkcs12.ts';
import { publicHalfOf } from './private-key.ts';
import { spkiOfRequest } from './request.ts';
import { unusable } from './unusable.ts';

/** A pin and what it was taken from. */
export interface FoundPin {
  /** base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly pin: string;
  readonly source: 'certificate' | 'request' | 'public_key' | 'private_key';
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** The certificate itself, DER, where it is one. */
  readonly certificate?: Uint8Array;
}

export interface PinsOptions {
  /** Opens encrypted keys and PKCS#12 files. */
  readonly passphrase?: string | undefined;
}

type Kind = FoundPin['source'] | 'rsa_public_key' | 'encrypted_key' | 'pkcs7' | 'pkcs12';
type Reader = (der: Uint8Array, options: PinsOptions) => readonly FoundPin[];

/** Readers for each kind of input, DER in. */
const READERS: Readonly<Record<Kind, Reader>> = {
  certificate: (der) => [certificatePin(der)],
  request: (der) => [pinOf(spkiOfRequest(der), 'request')],
  public_key: (der) => [pinOf(der, 'public_key')],
  rsa_public_key: (der) => [pinOf(spkiOfRsa(der), 'public_key')],
  private_key: (der) => [pinOf(publicHalfOf({ der }, undefined), 'private_key')],
  encrypted_key: encryptedKeyPins,
  pkcs7: (der) => certificatesOfPkcs7(der).map(certificatePin),
  pkcs12: pkcs12Pins,
};

/** What stands behind each PEM label. Private keys are read as text: their older encryption is written around the bytes. */
const LABELS: ReadonlyMap<string, Kind | 'private_pem' | 'nothing'> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['CERTIFICATE REQUEST', 'request'],
  ['NEW CERTIFICATE REQUEST', 'request'],
  ['PUBLIC KEY', 'public_key'],
  ['RSA PUBLIC KEY', 'rsa_public_key'],
  ['PRIVATE KEY', 'private_pem'],
  ['ENCRYPTED PRIVATE KEY', 'encrypted_key'],
  ['EC PRIVATE KEY', 'private_pem'],
  ['RSA PRIVATE KEY', 'private_pem'],
  ['PKCS7', 'pkcs7'],
  ['CMS', 'pkcs7'],
  ['EC PARAMETERS', 'nothing'],
]);

/**
 * Pins of certificates, requests, public and private keys, PKCS#7 bundles and PKCS#12 files, PEM (any number of blocks, in
 * their order) or DER. A request must be signed by its own key: that proves that the key of a backup pin exists. Of a
 * private key the public half is taken, and nothing is told.
 *
 * @throws ConfigError `pins.input_unknown`, `pins.request_signature_invalid`, `pins.private_key_unusable`,
 * `pins.passphrase_needed`, `pins.passphrase_wrong`, `pins.encryption_unsupported`, `pins.container_empty`, whose messages
 * hold nothing of the input; FormatError for PEM or DER that is not well formed.
 */
export function pinsOf(input: Uint8Array | string, options: PinsOptions = {}): FoundPin[] {
  if (typeof input === 'string') return blocksOf(input).flatMap((block) => pinsOfBlock(block, options));
  const der = input[1] === INDEFINITE_LENGTH ? normaliseBer(input, CONTAINER_LIMITS) : input;
  const whole = DerReader.of(der);
  whole.skip();
  whole.end();
  return [...READERS[kindOf(der)](der, options)];
}

const INDEFINITE_LENGTH = 0x80;

interface Block {
  readonly label: string;
  readonly text: string;
}

const MAX_BLOCKS = 256;

/** The text cut behind each END line. What is left behind the last one is a block without a label, and refused unless empty. */
function blocksOf(text: string): readonly Block[] {
  const pieces = text.split(/(?<=^-----END [A-Z0-9 ]{1,40}-----[ \t]*$)/m);
  const blocks = pieces
    .filter((piece, index) => index === 0 || !piece.split('\n').every(isBlankOrComment))
    .map((piece) => ({ label: /^-----BEGIN ([A-Z0-9 ]{1,40})-----/m.exec(piece)?.[1] ?? '', text: piece }));
  if (blocks.length > MAX_BLOCKS) throw unusable('pins.input_unknown', `more than ${MAX_BLOCKS} blocks`);
  return blocks;
}

const isBlankOrComment = (line: string): boolean => /^(?:#|$)/.test(line.trim());

function pinsOfBlock({ label, text }: Block, options: PinsOptions): readonly FoundPin[] {
  const kind = LABELS.get(label);
  if (kind === undefined) throw unusable('pins.input_unknown');
  if (kind === 'nothing') return [];
  if (kind === 'private_pem')
    return [pinOf(publicHalfOf({ pem: text.trimStart() }, options.passphrase), 'private_key')];
  return parsePem(text.trimStart(), label).flatMap((der) => READERS[kind](der, options));
}

function pinOf(spki: Uint8Array, source: FoundPin['source']): FoundPin {
  parseKeyAlgorithm(spki); // proves that this is a key, not other bytes in its place
  return { pin: spkiDigest(spki), source, spki };
}

const RSA = derOf.sequence(derOf.oid('1.2.840.113549.1.1.1'), derOf.null());

/** A bare RSAPublicKey (RFC 8017 A.1.1) in the SubjectPublicKeyInfo that every certificate has it in (RFC 3279 2.3.1). */
const spkiOfRsa = (der: Uint8Array): Uint8Array => derOf.sequence(RSA, derOf.bits(der));

function certificatePin(der: Uint8Array): FoundPin {
  const whole = DerReader.of(der);
  whole.skip();
  whole.end();
  return { ...pinOf(spkiOf(der), 'certificate'), certificate: der };
}

/** A key whose certificate is in the same file is that certificate's; only others are worth a line of their own. */
function pkcs12Pins(der: Uint8Array, { passphrase }: PinsOptions): readonly FoundPin[] {
  const { certificates, privateKeys } = readPkcs12(der, passphrase);
  const pins = certificates.map(certificatePin);
  const keys = privateKeys.map((key) => pinOf(publicHalfOf({ der: key }, undefined), 'private_key'));
  return [...pins, ...keys.filter(({ pin }) => !pins.some((certificate) => certificate.pin === pin))];
}

function encryptedKeyPins(der: Uint8Array, { passphrase }: PinsOptions): readonly FoundPin[] {
  assertBoundedWork(DerReader.of(der).enter(TAG.SEQUENCE));
  return [pinOf(publicHalfOf({ pem: toPem(der, 'ENCRYPTED PRIVATE KEY') }, passphrase), 'private_key')];
}

/**
 * Tells DER inputs apart by their first fields: a public key begins with an algorithm; a certificate and a request wrap
 * what is signed, and only a certificate has a validity there. Private keys begin with a version number, PKCS#12 files with
 * version 3, PKCS#7 bundles with the name of their content.
 */
function kindOf(der: Uint8Array): Kind {
  const fields = DerReader.of(der, CONTAINER_LIMITS).enter(TAG.SEQUENCE);
  if (fields.peek() === TAG.OID) return 'pkcs7';
  if (fields.peek() === TAG.INTEGER) return kindByVersion(fields);
  const first = fields.enter(TAG.SEQUENCE);
  if (first.peek() === TAG.OID) return fields.peek() === TAG.OCTET_STRING ? 'encrypted_key' : 'public_key';
  const count = fieldsOf(first);
  if (count < REQUEST_FIELDS) throw unusable('pins.input_unknown');
  return count === REQUEST_FIELDS ? 'request' : 'certificate';
}

/** Private keys begin with version 0 or 1 (RFC 5958 2, RFC 5915 3, RFC 8017 A.1.2), PKCS#12 with 3; an RSA key with its modulus. */
function kindByVersion(fields: DerReader): Kind {
  const version = fields.integer();
  if (version === 0n || version === 1n) return 'private_key';
  if (version === 3n && fields.peek() === TAG.SEQUENCE) return 'pkcs12';
  if (version > 3n && fields.peek() === TAG.INTEGER) return 'rsa_public_key';
  throw unusable('pins.input_unknown');
}

/** Version, subject, key, attributes (RFC 2986 4.1). A certificate has at least six fields. */
const REQUEST_FIELDS = 4;

function fieldsOf(reader: DerReader): number {
  let count = 0;
  for (; !reader.isEmpty; count += 1) reader.skip();
  return count;
}
