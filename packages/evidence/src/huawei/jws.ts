import { RequestError } from '@assay/core';
import { parseBase64, parseBase64url } from '@assay/formats';
import { json, list, object, type Reader } from '@assay/formats/shape';
import { readProtectedHeader, splitCompact } from '../shared/compact.ts';
import { text } from '../shared/vendor-json.ts';
import type { SigningAlgorithm } from './algorithms.ts';

/** A compact JWS with certificates, nothing of it verified. */
export interface ParsedJws {
  readonly alg: unknown;
  /** DER, leaf first. */
  readonly x5c: readonly Uint8Array[];
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** `header.payload`, the ASCII text under the signature. */
  readonly signingInput: string;
}

/** A JWS whose algorithm is one of the service's. */
export interface SysIntegrityJws extends ParsedJws {
  readonly algorithm: SigningAlgorithm;
}

const MAX_CERTIFICATES = 6;
/** Characters of base64 for 4 KiB, as large as a certificate may be on the wire. */
const MAX_CERTIFICATE_CHARACTERS = 5464;

/** RFC 7515 4.1.6: standard base64, not base64url. */
const certificate: Reader<string> = text(MAX_CERTIFICATE_CHARACTERS);

/**
 * Members beside these are passed over: no genuine header is public, and what no check reads can change no check. `crit`
 * alone says that it may not be passed over (RFC 7515 4.1.11).
 */
const readHeader = object({ alg: json, x5c: list(certificate, MAX_CERTIFICATES, 1) }, { crit: json }, { open: true });

/** Splits a result. Raises RequestError `evidence.*`, `base64.*`, `json.*`. */
export function parseJws(token: string): ParsedJws {
  const [header = '', payload = '', signature = ''] = splitCompact(token, 3);
  const { alg, x5c, crit } = readProtectedHeader(header, readHeader);
  if (crit !== undefined) {
    throw new RequestError('evidence.form_unsupported', 'the header demands an extension', { expected: 'no crit' });
  }
  return {
    alg,
    x5c: x5c.map(parseBase64),
    payload: parseBase64url(payload),
    signature: parseBase64url(signature),
    signingInput: `${header}.${payload}`,
  };
}
