import { toBase64 } from '@assay/formats';
import { malformed } from '../faults.ts';
import { VectorReader } from './vectors.ts';

/** A signed certificate timestamp of version v1 (RFC 6962 3.2): a log's promise to publish a certificate. */
export interface SctV1 {
  readonly kind: 'v1';
  /** SHA-256 of the log's SubjectPublicKeyInfo, base64. */
  readonly logId: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Opaque here, and signed. A log of the static API puts its leaf index there: {@link leafIndexOf}. */
  readonly extensions: Uint8Array;
  /** Numbers of the hash and the signature algorithm (RFC 5246 7.4.1.4.1). */
  readonly algorithm: { readonly hash: number; readonly signature: number };
  readonly signature: Uint8Array;
}

/** A timestamp of another version: what follows the version is not known, and nothing is read of it. */
export interface SctOfOtherVersion {
  readonly kind: 'other';
  /** As on the wire, where v1 is 0. */
  readonly version: number;
}

export type Sct = SctV1 | SctOfOtherVersion;

/** Certificates carry two to six. Each costs a signature verification, so a list is not allowed to be as long as it could. */
const MAX_SCTS = 32;

const LOG_ID_OCTETS = 32;

/**
 * Parses a SignedCertificateTimestampList (RFC 6962 3.3), as it is in the TLS extension `signed_certificate_timestamp` and
 * inside the certificate and OCSP extensions. One malformed member refuses the list.
 * Raises RequestError ct.list_malformed, ct.sct_malformed.
 */
export function parseSctList(bytes: Uint8Array): readonly Sct[] {
  const outer = new VectorReader(bytes, 'ct.list_malformed');
  const list = new VectorReader(outer.vector(1), 'ct.list_malformed');
  outer.end();
  const scts: Sct[] = [];
  while (!list.isEmpty) {
    if (scts.length === MAX_SCTS) throw malformed('ct.list_malformed', { expected: `${MAX_SCTS} timestamps at most` });
    scts.push(parseSct(list.vector(1)));
  }
  return scts;
}

/** Parses one SignedCertificateTimestamp (RFC 6962 3.2), whole input. Raises RequestError ct.sct_malformed. */
export function parseSct(bytes: Uint8Array): Sct {
  const reader = new VectorReader(bytes, 'ct.sct_malformed');
  const version = reader.number(1);
  if (version !== 0) return { kind: 'other', version };
  const sct: SctV1 = {
    kind: 'v1',
    logId: toBase64(reader.take(LOG_ID_OCTETS)),
    timestamp: reader.number(8),
    extensions: reader.vector(0),
    algorithm: { hash: reader.number(1), signature: reader.number(1) },
    signature: reader.vector(0),
  };
  reader.end();
  return sct;
}

const LEAF_INDEX = 0;
const LEAF_INDEX_OCTETS = 5;

/**
 * The place of the entry in its log (c2sp.org/static-ct-api, SCT extension), undefined when the timestamp does not say.
 * For finding the entry only: the signature covers it, and nothing here trusts it. Raises RequestError ct.sct_malformed.
 */
export function leafIndexOf({ extensions }: SctV1): number | undefined {
  const reader = new VectorReader(extensions, 'ct.sct_malformed');
  let index: number | undefined;
  while (!reader.isEmpty) {
    const type = reader.number(1);
    const data = new VectorReader(reader.vector(0), 'ct.sct_malformed');
    if (type !== LEAF_INDEX) continue;
    if (index !== undefined) throw malformed('ct.sct_malformed', { found: 'two leaf indices' });
    index = data.number(LEAF_INDEX_OCTETS);
    data.end();
  }
  return index;
}
