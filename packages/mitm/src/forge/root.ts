import { AssayError, type Random } from '@assay/core';
import { der, equalBytes, parsePem, TAG, toPem } from '@assay/formats';
import { type Certificate, parseCertificate } from '@assay/x509';
import { mitmFault } from '../reasons.ts';
import { type Authorities, createAuthorities } from './authorities.ts';
import { type Minted, mintCertificate, SERIAL_OCTETS } from './certificate.ts';
import type { Period } from './chain.ts';
import { importKey, toPkcs8 } from './keyring.ts';
import { createP256 } from './keys.ts';
import { completed } from './roles.ts';
import { DAY, YEAR } from './spans.ts';

/** The authority that clients trust: its certificate, and the key behind it. */
export interface Root {
  readonly authorities: Authorities;
  readonly certificate: Minted;
  /** The life of the root and of the authorities under it. */
  readonly period: Period;
}

/** As PEM: the certificate, and its key in PKCS #8. */
export interface RootKeys {
  readonly certificate: string;
  readonly key: string;
}

/** So long that a clock which is off by a year finds the root valid; a device that forgets it is soon rid of it. */
const BEFORE = 3 * YEAR;
const AFTER = YEAR + 35 * DAY;

export function createRoot(at: number, random: Random): Root {
  const authorities = createAuthorities(createP256());
  const { root } = authorities;
  const period = { notBefore: at - BEFORE, notAfter: at + AFTER };
  const recipe = completed('authority', {}, '', root.key);
  const order = { recipe, host: '', subject: root, issuer: root, ...period, random: random(SERIAL_OCTETS) };
  return { authorities, period, certificate: mintCertificate(order) };
}

/** The root of an exported lab. Raises mitm.lab_malformed, mitm.lab_expired. */
export function openRoot(kept: RootKeys, at: number): Root {
  const authorities = createAuthorities(importKey(kept.key));
  const certificate = read(kept.certificate);
  if (!isOf(certificate, authorities))
    throw mitmFault('mitm.lab_malformed', { found: 'another key than the certificate has' });
  if (at > certificate.notAfter) throw mitmFault('mitm.lab_expired');
  const { notBefore, notAfter, serial } = certificate;
  const minted = { der: certificate.der, serial: der.raw(TAG.INTEGER, serial) };
  return { authorities, period: { notBefore, notAfter }, certificate: minted };
}

export function exportRoot({ authorities, certificate }: Root): RootKeys {
  return { certificate: toPem(certificate.der, CERTIFICATE), key: toPkcs8(authorities.root.key.privateKey) };
}

const CERTIFICATE = 'CERTIFICATE';

function read(pem: string): Certificate {
  try {
    const [only, ...others] = parsePem(pem, CERTIFICATE);
    if (only !== undefined && others.length === 0) return parseCertificate(only);
  } catch (cause) {
    if (!(cause instanceof AssayError)) throw cause;
    throw mitmFault('mitm.lab_malformed', {}, cause);
  }
  throw mitmFault('mitm.lab_malformed', { expected: 'one certificate' });
}

function isOf({ spki, subject }: Certificate, { root }: Authorities): boolean {
  return equalBytes(spki, root.key.spki) && equalBytes(subject.raw, root.name);
}
