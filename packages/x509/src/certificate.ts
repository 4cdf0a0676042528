import { DerReader, equalBytes, TAG, toHex } from '@assay/formats';
import { decodeKnown, type Extensions, type KnownExtensions, readExtensions } from './extensions/index.ts';
import { malformed } from './faults.ts';
import { type KeyHolder, readKey } from './key-info.ts';
import { type Name, readName } from './names.ts';
import { readAlgorithmIdentifier, type Signed } from './signed.ts';
import type { Tolerance, Tolerances } from './tolerances.ts';

/** An X.509 certificate, parsed once and strictly. Byte members are views of `der`. Times are epoch milliseconds. */
export interface Certificate extends Signed, KeyHolder, KnownExtensions {
  readonly der: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  /** Lower-case hex of the content octets without leading zeros, `0` for zero: the spelling of Google's status list. */
  readonly serialHex: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  /** All extensions, raw; those understood are also members of their own. */
  readonly extensions: Extensions;
}

export interface ParseOptions {
  /** Deviations to accept, by name; none without it. */
  readonly tolerate?: readonly Tolerance[];
}

const STRICT: Tolerances = [];

/**
 * Parses a certificate (RFC 5280 4.1), whole input, no trailing bytes. Proves nothing about trust.
 * Raises FormatError (der.*) and RequestError (x509.version_invalid, x509.serial_invalid, x509.algorithm_mismatch,
 * x509.extension_duplicate, x509.extension_malformed, x509.key_malformed, x509.signature_malformed).
 */
export function parseCertificate(der: Uint8Array, options: ParseOptions = {}): Certificate {
  const tolerances = options.tolerate ?? STRICT;
  const outer = DerReader.of(der);
  const fields = outer.enter(TAG.SEQUENCE);
  const { raw: tbs, inside } = fields.enterWhole(TAG.SEQUENCE);
  const signatureAlgorithm = readAlgorithmIdentifier(fields, tolerances.includes('algorithm_trailing_bytes'));
  const signature = readSignatureBits(fields);
  fields.end();
  outer.end();
  return readTbs(inside, { der, tbs, signatureAlgorithm, signature }, tolerances);
}

/** The signature value: a BIT STRING of whole octets. */
export function readSignatureBits(reader: DerReader): Uint8Array {
  const { unused, bytes } = reader.bitString();
  if (unused !== 0)
    throw malformed('x509.signature_malformed', { clause: 'RFC 5280 4.1.1.3', found: `${unused} unused bits` });
  return bytes;
}

/** TBSCertificate, in the order of RFC 5280 4.1, as the certificate of this signature. */
function readTbs(fields: DerReader, whole: Signed & Pick<Certificate, 'der'>, tolerances: Tolerances): Certificate {
  const version = readVersion(fields);
  const serial = readSerial(fields, tolerances);
  assertSameAlgorithm(fields.raw(TAG.SEQUENCE), whole);
  const issuer = readName(fields);
  const { notBefore, notAfter } = readValidity(fields.enter(TAG.SEQUENCE), tolerances);
  const subject = readName(fields);
  const { spki, key } = readKey(fields);
  const extensions = readTail(fields, version, tolerances);
  const { der, tbs, signatureAlgorithm, signature } = whole;
  return {
    ...{ der, tbs, signatureAlgorithm, signature },
    ...{ version, serial, serialHex: toHex(serial).replace(/^0+(?=.)/, ''), issuer, subject },
    ...{ notBefore, notAfter, spki, key, extensions },
    ...decodeKnown(extensions, tolerances.includes('non_der_boolean')),
  };
}

/** RFC 5280 4.1.1.2: the signature names the algorithm that the signed part names. Equal octets are read only once. */
function assertSameAlgorithm(inner: Uint8Array, { signatureAlgorithm }: Signed): void {
  if (!equalBytes(inner, signatureAlgorithm.raw)) {
    throw malformed('x509.algorithm_mismatch', { clause: 'RFC 5280 4.1.1.2' });
  }
}

/** RFC 5280 4.1.2.1: v1 is the default, which DER leaves out. */
function readVersion(fields: DerReader): 1 | 2 | 3 {
  const tagged = fields.explicit(0);
  if (tagged === undefined) return 1;
  const value = tagged.smallInteger(255);
  tagged.end();
  if (value !== 1 && value !== 2) throw malformed('x509.version_invalid', { expected: 'v2 or v3', found: `${value}` });
  return value === 1 ? 2 : 3;
}

/** RFC 5280 4.1.2.2: positive, at most 20 octets. */
function readSerial(fields: DerReader, tolerances: Tolerances): Uint8Array {
  const serial = fields.integerBytes();
  const isNegative = ((serial[0] ?? 0) & 0x80) !== 0;
  const isZero = serial.every((octet) => octet === 0);
  const refusedForm =
    serial.length > 20 ||
    (isNegative && !tolerances.includes('negative_serial')) ||
    (isZero && !tolerances.includes('zero_serial'));
  if (refusedForm) throw malformed('x509.serial_invalid', { clause: 'RFC 5280 4.1.2.2' });
  return serial;
}

function readValidity(fields: DerReader, tolerances: Tolerances): { notBefore: number; notAfter: number } {
  const readTime = tolerances.includes('non_positive_time') ? readOddTime : readDerTime;
  const notBefore = readTime(fields);
  const notAfter = readTime(fields);
  fields.end();
  return { notBefore, notAfter };
}

function readDerTime(fields: DerReader): number {
  return fields.time();
}

/** A time that is in no DER form counts as the epoch: long past as an end, and no promise as a beginning. */
function readOddTime(fields: DerReader): number {
  const start = fields.offset;
  try {
    return fields.time();
  } catch (error) {
    // Nothing was read: there is no element here, or none that DER allows.
    if (fields.offset === start) throw error;
    return 0;
  }
}

/** Unique identifiers (v2, v3) are skipped; extensions belong to v3 alone (RFC 5280 4.1.2.8, 4.1.2.9). */
function readTail(fields: DerReader, version: 1 | 2 | 3, tolerances: Tolerances): Extensions {
  if (version > 1) for (const identifier of [0x81, 0x82]) if (fields.peek() === identifier) fields.skip();
  const tagged = version === 3 ? fields.explicit(3) : undefined;
  const extensions = tagged ? readTagged(tagged, tolerances) : new Map();
  if (version < 3 && !fields.isEmpty) throw malformed('x509.version_invalid', { found: `fields of v3 in v${version}` });
  fields.end();
  return extensions;
}

function readTagged(tagged: DerReader, tolerances: Tolerances): Extensions {
  const extensions = readExtensions(tagged.enter(TAG.SEQUENCE), tolerances.includes('non_der_boolean'));
  tagged.end();
  return extensions;
}
