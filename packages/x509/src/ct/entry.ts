import { hash } from 'node:crypto';
import { concat } from '@assay/formats';
import type { Certificate } from '../certificate.ts';
import { sameName } from '../names.ts';
import { precertificateTbs } from './precertificate.ts';
import type { SctV1 } from './sct.ts';
import { numberOctets, vectorOctets } from './vectors.ts';

/**
 * What a log was asked to publish (RFC 6962 3.1). Timestamps inside a certificate are for a `precert`, those that come with
 * the handshake or an OCSP response are for the certificate itself.
 */
export type CtEntry =
  | { readonly kind: 'x509'; readonly certificate: Uint8Array }
  | { readonly kind: 'precert'; readonly issuerKeyHash: Uint8Array; readonly tbs: Uint8Array };

export type CtEntryKind = CtEntry['kind'];

/** The issuer's certificate is that of the name in the leaf; undefined when it is needed and is another one or none. */
export function entryOf(leaf: Certificate, issuer: Certificate | undefined, kind: CtEntryKind): CtEntry | undefined {
  if (kind === 'x509') return { kind, certificate: leaf.der };
  if (issuer === undefined || !sameName(leaf.issuer.raw, issuer.subject.raw)) return undefined;
  return { kind, issuerKeyHash: hash('sha256', issuer.spki, 'buffer'), tbs: precertificateTbs(leaf.tbs) };
}

const VERSION_1 = 0;
const CERTIFICATE_TIMESTAMP = 0;
const ENTRY_TYPES: Readonly<Record<CtEntryKind, number>> = { x509: 0, precert: 1 };

/** The bytes that the log signed (RFC 6962 3.2, digitally-signed struct). */
export function signedBytes(sct: SctV1, entry: CtEntry): Uint8Array {
  return concat(
    Uint8Array.of(VERSION_1, CERTIFICATE_TIMESTAMP),
    numberOctets(sct.timestamp, 8),
    numberOctets(ENTRY_TYPES[entry.kind], 2),
    ...entryOctets(entry),
    vectorOctets(sct.extensions, 2),
  );
}

function entryOctets(entry: CtEntry): Uint8Array[] {
  if (entry.kind === 'x509') return [vectorOctets(entry.certificate, 3)];
  return [entry.issuerKeyHash, vectorOctets(entry.tbs, 3)];
}
