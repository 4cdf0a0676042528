import { type DerReader, TAG } from '@assay/formats';
import { type Extensions, readExtensions } from '../extensions/index.ts';
import { malformed } from '../faults.ts';
import { readAlgorithmIdentifier } from '../signed.ts';

/** Which certificate a status is about (RFC 6960 4.1.1, CertID). */
export interface CertId {
  /** OID of the digest of name and key. */
  readonly hashAlgorithm: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
}

/** CRLReason (RFC 5280 5.3.1), by number; 7 is not used. */
const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

export type RevocationReason = NonNullable<(typeof REVOCATION_REASONS)[number]>;

export type CertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: number; readonly reason: RevocationReason | undefined }
  | { readonly status: 'unknown' };

/** What the responder says about one certificate (RFC 6960 4.2.1, SingleResponse). Times are epoch milliseconds. */
export interface SingleResponse {
  readonly certId: CertId;
  readonly certStatus: CertStatus;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: Extensions;
}

export function readSingleResponse(fields: DerReader): SingleResponse {
  const certId = readCertId(fields.enter(TAG.SEQUENCE));
  const certStatus = readCertStatus(fields);
  const thisUpdate = readTime(fields);
  const nextUpdate = readTagged(fields, 0, readTime);
  const extensions = readTagged(fields, 1, readExtensionList) ?? new Map();
  fields.end();
  return { certId, certStatus, thisUpdate, nextUpdate, extensions };
}

function readCertId(fields: DerReader): CertId {
  const certId = {
    hashAlgorithm: readAlgorithmIdentifier(fields, false).oid,
    issuerNameHash: fields.octetString(),
    issuerKeyHash: fields.octetString(),
    serial: fields.integerBytes(),
  };
  fields.end();
  return certId;
}

/** `good` and `unknown` are IMPLICIT NULL, `revoked` an IMPLICIT SEQUENCE. */
const STATUS_READERS: Readonly<Record<number, (fields: DerReader) => CertStatus>> = {
  128: (fields) => readEmpty(fields, 0x80, { status: 'good' }),
  161: (fields) => readRevoked(fields.enter(0xa1)),
  130: (fields) => readEmpty(fields, 0x82, { status: 'unknown' }),
};

function readCertStatus(fields: DerReader): CertStatus {
  const read = STATUS_READERS[fields.peek() ?? -1];
  if (read === undefined) throw malformed('ocsp.response_malformed', { found: 'no status', offset: fields.offset });
  return read(fields);
}

function readEmpty(fields: DerReader, identifier: number, status: CertStatus): CertStatus {
  const { offset } = fields;
  if (fields.content(identifier).length > 0)
    throw malformed('ocsp.response_malformed', { found: 'a NULL with content', offset });
  return status;
}

function readRevoked(fields: DerReader): CertStatus {
  const revokedAt = readTime(fields);
  const reason = readTagged(fields, 0, readReason);
  fields.end();
  return { status: 'revoked', revokedAt, reason };
}

function readReason(fields: DerReader): RevocationReason {
  const number = fields.enumerated();
  const reason = REVOCATION_REASONS[number];
  if (reason === undefined) throw malformed('ocsp.response_malformed', { found: `revocation reason ${number}` });
  return reason;
}

/** RFC 6960 4.2.2.1: GeneralizedTime, where certificates may have either type. */
export function readTime(fields: DerReader): number {
  if (fields.peek() !== TAG.GENERALIZED_TIME)
    throw malformed('ocsp.response_malformed', { expected: 'GeneralizedTime', offset: fields.offset });
  return fields.time();
}

export function readExtensionList(fields: DerReader): Extensions {
  return readExtensions(fields.enter(TAG.SEQUENCE), false);
}

/** The value inside `[number] EXPLICIT`, if that is next. */
export function readTagged<T>(fields: DerReader, number: number, read: (inner: DerReader) => T): T | undefined {
  const inner = fields.explicit(number);
  if (inner === undefined) return undefined;
  const value = read(inner);
  inner.end();
  return value;
}
