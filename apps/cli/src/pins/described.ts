import { createHash } from 'node:crypto';
import { AssayError } from '@assay/core';
import { type FoundPin, type PinsOptions, pinsOf } from '@assay/pins';
import {
  attributeValues,
  type Certificate,
  isSelfIssued,
  type Name,
  nameText,
  type PublicKeyAlgorithm,
  parseCertificate,
  parseKeyAlgorithm,
} from '@assay/x509';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';

/** A pin with what it stands for. Everything but the pin is for people: nothing is decided by it. */
export interface DescribedPin {
  readonly pin: string;
  readonly role: 'leaf' | 'intermediate' | 'root' | 'request' | 'public key' | 'private key';
  readonly subject: string | null;
  /** ISO 8601. */
  readonly expires: string | null;
  readonly key: { readonly algorithm: string; readonly bits: number | null };
  /** Of certificates alone. */
  readonly certificate: DescribedCertificate | null;
}

export interface DescribedCertificate {
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly lifetimeDays: number;
  /** base64 SHA-256 of the whole certificate. */
  readonly digest: string;
}

/**
 * Pins of certificates, requests, keys and bundles of them.
 *
 * @throws ConfigError `pins.*` and FormatError as pinsOf has them, which hold nothing of the input
 */
export function describePins(input: Uint8Array, options: PinsOptions = {}): readonly DescribedPin[] {
  return readPins(input, options).map(described);
}

/** What pins are taken from, for people. */
export const FORMS = 'give PEM, DER, PKCS#7 or PKCS#12: a certificate chain, a request, or a key';

/** The pins themselves; text with PEM in it is read as such, also with what openssl prints around the blocks. */
export function readPins(input: Uint8Array, options: PinsOptions = {}): readonly FoundPin[] {
  if (input.length === 0) throw fault('cli.document_invalid', { message: 'it is empty', hint: FORMS });
  const text = new TextDecoder().decode(input);
  return pinsOf(text.includes('-----BEGIN ') ? withoutProse(text) : input, options);
}

/** Every line of a block, and every line that begins like a boundary, so that a block with a slip in one is refused still. */
function withoutProse(text: string): string {
  let isInside = false;
  const kept = text.split('\n').filter((line) => {
    const isBoundary = line.startsWith('-----');
    if (isBoundary) isInside = line.startsWith('-----BEGIN ');
    return isInside || isBoundary;
  });
  return `${kept.join('\n')}\n`;
}

/** The same for certificates as a host sends them. */
export function describeChain(chain: readonly Uint8Array[]): readonly DescribedPin[] {
  return chain.flatMap((der) => pinsOf(der).map(described));
}

const ROLES = { request: 'request', public_key: 'public key', private_key: 'private key' } as const;

export function described({ pin, source, spki, certificate }: FoundPin): DescribedPin {
  const bare = { pin, subject: null, expires: null, key: keyOf(parseKeyAlgorithm(spki)), certificate: null };
  if (source !== 'certificate' || certificate === undefined) {
    return { ...bare, role: source === 'certificate' ? 'leaf' : ROLES[source] };
  }
  const parsed = parsedOf(certificate);
  if (parsed === undefined) return { ...bare, role: 'leaf' };
  return {
    ...bare,
    role: roleOf(parsed),
    subject: nameOf(parsed.subject),
    expires: isoOf(parsed.notAfter),
    certificate: certificateOf(parsed),
  };
}

const DAY_MS = 86_400_000;

function certificateOf({ issuer, notBefore, notAfter, der }: Certificate): DescribedCertificate {
  return {
    issuer: nameOf(issuer),
    notBefore: isoOf(notBefore),
    lifetimeDays: Math.round((notAfter - notBefore) / DAY_MS),
    digest: createHash('sha256').update(der).digest('base64'),
  };
}

const isoOf = (time: number): string => new Date(time).toISOString();

/** A certificate that is not well formed still has a pin; it only goes without its description. */
export function parsedOf(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

function roleOf(certificate: Certificate): 'leaf' | 'intermediate' | 'root' {
  if (certificate.basicConstraints?.ca !== true) return 'leaf';
  return isSelfIssued(certificate) ? 'root' : 'intermediate';
}

const CURVE_BITS: Readonly<Record<string, number>> = { 'P-256': 256, 'P-384': 384, 'P-521': 521 };

function keyOf(key: PublicKeyAlgorithm): DescribedPin['key'] {
  if (key.kind === 'rsa') return { algorithm: 'RSA', bits: key.bits };
  if (key.kind === 'ec') return { algorithm: `EC ${key.curve}`, bits: CURVE_BITS[key.curve] ?? null };
  return { algorithm: key.kind === 'ed25519' ? 'Ed25519' : key.oid, bits: null };
}

const nameOf = (name: Name): string => plain(nameText(name));

const [COMMON_NAME, ORGANISATION] = ['2.5.4.3', '2.5.4.10'];

/** The shortest name that people know an authority by. */
export function shortName(name: Name): string {
  return plain(attributeValues(name, COMMON_NAME)[0] ?? attributeValues(name, ORGANISATION)[0] ?? nameOf(name));
}
