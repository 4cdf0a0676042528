import { hash } from 'node:crypto';
import { AssayError, ConfigError } from '@assay/core';
import { parsePem } from '@assay/formats';
import { type Certificate, parseCertificate } from './certificate.ts';
import type { KeyHolder } from './key-info.ts';
import { isSelfIssued } from './names.ts';
import { X509_REASONS } from './reasons.ts';
import { isSelfSigned } from './self-signed.ts';

/** A key that is trusted to issue, by name (RFC 5280 6.1.1 (d)), with where and when it was taken from. */
export interface TrustAnchor extends KeyHolder {
  readonly id: string;
  /** Subject name, DER. */
  readonly name: Uint8Array;
  readonly certificate: Certificate | undefined;
  readonly source: string;
  /** Day on which it was taken from the source, `YYYY-MM-DD`. */
  readonly date: string;
  readonly kind: string | undefined;
}

/** Where an anchor comes from. */
export interface AnchorOrigin {
  readonly id: string;
  readonly source: string;
  readonly date: string;
  readonly kind?: string;
}

/** An anchor as it is shipped: a self-signed certificate and the digest that its vendor publishes. */
export interface AnchorRecord extends AnchorOrigin {
  readonly pem: string;
  /** SHA-256 of the DER, hex. */
  readonly sha256: string;
}

/**
 * Loads a shipped anchor. Raises ConfigError x509.anchor_not_genuine unless it is the very certificate that the digest
 * names and verifies with its own key: look-alike roots with the right key and other dates have been published.
 */
export function loadAnchor(record: AnchorRecord): TrustAnchor {
  const certificate = parseAnchor(record);
  if (hash('sha256', certificate.der, 'hex') !== record.sha256.toLowerCase())
    throw notGenuine(record, 'another digest');
  if (!isSelfIssued(certificate)) throw notGenuine(record, 'another issuer');
  if (!isSelfSigned(certificate)) throw notGenuine(record, 'a signature that its own key did not make');
  return anchorOf(certificate, record);
}

/** Makes any certificate an anchor, on the operator's word alone; for shipped roots use loadAnchor. */
export function anchorOf(certificate: Certificate, { id, source, date, kind }: AnchorOrigin): TrustAnchor {
  const { spki, key, subject } = certificate;
  return { id, name: subject.raw, spki, key, certificate, source, date, kind };
}

function parseAnchor(record: AnchorRecord): Certificate {
  try {
    const [der, ...others] = parsePem(record.pem, 'CERTIFICATE');
    if (der === undefined || others.length > 0) throw notGenuine(record, 'not one certificate');
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof AssayError)) throw error;
    throw notGenuine(record, 'what is no certificate', error);
  }
}

function notGenuine({ id }: AnchorOrigin, found: string, cause?: unknown): ConfigError {
  const { code, summary, hint } = X509_REASONS['x509.anchor_not_genuine'];
  return new ConfigError(code, `${id}: ${summary}`, { found, hint }, { cause });
}

/** Raises ConfigError x509.anchors_empty: without anchors nothing can be trusted, and nothing may be passed. */
export function assertAnchors(anchors: readonly TrustAnchor[]): void {
  if (anchors.length > 0) return;
  const { code, summary, hint } = X509_REASONS['x509.anchors_empty'];
  throw new ConfigError(code, summary, { hint });
}
