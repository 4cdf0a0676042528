import { ConfigError } from '@assay/core';
import { DerReader, FormatError, parsePem, TAG } from '@assay/formats';
import {
  type AlgorithmIdentifier,
  parseKeyAlgorithm,
  publicKeyOf,
  SIGNATURE_ALGORITHMS,
  spkiDigest,
  spkiOf,
  verifySignedBy,
} from '@assay/x509';
import { PINS_REASONS, type PinsCode } from './wire/reasons.ts';

/** A pin and what it was taken from. */
export interface FoundPin {
  /** base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly pin: string;
  readonly source: 'certificate' | 'request' | 'public_key';
}

const BEGIN = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/m;

/** Readers for each kind of input: the whole DER in, its SubjectPublicKeyInfo out. */
const SPKI_OF: Readonly<Record<FoundPin['source'], (der: Uint8Array) => Uint8Array>> = {
  certificate: spkiOf,
  request: spkiOfRequest,
  public_key: (der) => der,
};

const SOURCES: ReadonlyMap<string, FoundPin['source']> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['CERTIFICATE REQUEST', 'request'],
  ['NEW CERTIFICATE REQUEST', 'request'],
  ['PUBLIC KEY', 'public_key'],
]);

/**
 * Pins of a certificate chain (PEM, in its order), a certificate request or a public key (PEM or DER). A request must be
 * signed by its own key: that proves that the key of a backup pin exists.
 *
 * @throws ConfigError `pins.private_key_given`, whose message holds nothing of the input, `pins.input_unknown`,
 * `pins.request_signature_invalid`; FormatError for PEM or DER that is not well formed.
 */
export function pinsOf(input: Uint8Array | string): FoundPin[] {
  if (typeof input !== 'string') return [pinOf(input, sourceOf(input))];
  const label = BEGIN.exec(input)?.[1] ?? '';
  if (/PRIVATE KEY/.test(input)) throw unusable('pins.private_key_given');
  const source = SOURCES.get(label) ?? unknown();
  return parsePem(input, label).map((der) => pinOf(der, source));
}

function pinOf(der: Uint8Array, source: FoundPin['source']): FoundPin {
  const whole = DerReader.of(der);
  whole.skip();
  whole.end();
  const spki = SPKI_OF[source](der);
  parseKeyAlgorithm(spki); // proves that this is a key, not other bytes in its place
  return { pin: spkiDigest(spki), source };
}

/**
 * Tells DER inputs apart by their first fields: a public key begins with an algorithm; a certificate and a request wrap
 * what is signed, and only a certificate has a validity there. Private keys begin with a version number.
 */
function sourceOf(der: Uint8Array): FoundPin['source'] {
  const fields = DerReader.of(der).enter(TAG.SEQUENCE);
  if (fields.peek() === TAG.INTEGER)
    throw unusable(isKeyVersion(fields) ? 'pins.private_key_given' : 'pins.input_unknown');
  const first = fields.enter(TAG.SEQUENCE);
  if (first.peek() === TAG.OID) return 'public_key';
  const count = fieldsOf(first);
  if (count < REQUEST_FIELDS) return unknown();
  return count === REQUEST_FIELDS ? 'request' : 'certificate';
}

/** Private keys begin with version 0 or 1 (RFC 5958 2, RFC 5915 3, RFC 8017 A.1.2); a modulus is larger. */
const isKeyVersion = (fields: DerReader): boolean => fields.integer() <= 1n;

/** Version, subject, key, attributes (RFC 2986 4.1). A certificate has at least six fields. */
const REQUEST_FIELDS = 4;

function fieldsOf(reader: DerReader): number {
  let count = 0;
  for (; !reader.isEmpty; count += 1) reader.skip();
  return count;
}

function spkiOfRequest(der: Uint8Array): Uint8Array {
  const reader = DerReader.of(der);
  const outer = reader.enter(TAG.SEQUENCE);
  const tbs = outer.raw(TAG.SEQUENCE);
  const signatureAlgorithm = algorithmOf(outer.raw(TAG.SEQUENCE));
  const signature = outer.bitString().bytes;
  outer.end();
  reader.end();
  const info = DerReader.of(tbs).enter(TAG.SEQUENCE);
  info.integer();
  info.raw(TAG.SEQUENCE);
  const spki = info.raw(TAG.SEQUENCE);
  assertOwnSignature(spki, { tbs, signatureAlgorithm, signature });
  return spki;
}

function algorithmOf(raw: Uint8Array): AlgorithmIdentifier {
  const fields = DerReader.of(raw).enter(TAG.SEQUENCE);
  return { raw, oid: fields.oid(), parameters: fields.isEmpty ? undefined : fields.raw() };
}

function assertOwnSignature(spki: Uint8Array, signed: Parameters<typeof verifySignedBy>[0]): void {
  try {
    verifySignedBy(signed, publicKeyOf({ spki, key: parseKeyAlgorithm(spki) }), SIGNATURE_ALGORITHMS);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw unusable('pins.request_signature_invalid');
  }
}

function unknown(): never {
  throw unusable('pins.input_unknown');
}

function unusable(code: PinsCode): ConfigError {
  const { summary, hint } = PINS_REASONS[code];
  return new ConfigError(code, summary, { hint });
}
