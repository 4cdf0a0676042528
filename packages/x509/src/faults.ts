import { type Detail, EvidenceError, RequestError } from '@assay/core';
import { X509_REASONS, type X509Code } from './reasons.ts';

/** An EvidenceError whose message is the registered summary. */
export function refused(code: X509Code, detail: Detail = {}): EvidenceError {
  return new EvidenceError(code, X509_REASONS[code].summary, detail);
}

/** A RequestError whose message is the registered summary: a decoding fault. */
export function malformed(code: X509Code, detail: Detail = {}): RequestError {
  return new RequestError(code, X509_REASONS[code].summary, detail);
}
