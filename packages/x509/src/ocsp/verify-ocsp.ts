import { EvidenceError } from '@assay/core';
import type { Certificate } from '../certificate.ts';
import type { Extensions } from '../extensions/index.ts';
import { refused } from '../faults.ts';
import { publicKeyOf } from '../keys.ts';
import { sameName } from '../names.ts';
import { SIGNATURE_ALGORITHMS, verifySignedBy } from '../signatures.ts';
import { responseAbout } from './cert-id.ts';
import { responderOf } from './responder.ts';
import type { BasicOcspResponse, OcspResponse } from './response.ts';
import type { CertStatus, SingleResponse } from './single.ts';

export interface OcspInput {
  readonly response: OcspResponse;
  readonly leaf: Certificate;
  /** The certificate above the leaf on the validated path. */
  readonly issuer: Certificate;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How old thisUpdate may be, in milliseconds. Needed where the responder names no nextUpdate. */
  readonly maxAge?: number;
}

/** A proven status. `unknown` is the responder's word too: it does not know the certificate. Times are epoch milliseconds. */
export type OcspStatus = CertStatus & {
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: Extensions;
};

/**
 * Proves what the issuer says about the certificate's revocation (RFC 6960 3.2). Only `good` admits it; a caller that
 * tolerates a missing response must never tolerate `revoked`. No nonce is asked for: stapled responses have none, and
 * freshness comes from the times. The leaf's own signature is path validation's to verify.
 * Raises EvidenceError ocsp.*, x509.issuer_mismatch.
 */
export function verifyOcsp({ response, leaf, issuer, at, maxAge }: OcspInput): OcspStatus {
  assertIssuer(leaf, issuer);
  const basic = assertSuccessful(response);
  const single = responseAbout(basic.responses, leaf, issuer);
  assertUnderstood(basic, single);
  assertSignedBy(basic, responderOf(basic, issuer, at));
  assertCurrent(single, at, maxAge);
  const { certStatus, thisUpdate, nextUpdate, extensions } = single;
  return { ...certStatus, thisUpdate, nextUpdate, extensions };
}

function assertIssuer(leaf: Certificate, issuer: Certificate): void {
  if (!sameName(leaf.issuer.raw, issuer.subject.raw))
    throw refused('x509.issuer_mismatch', { clause: 'RFC 6960 4.1.1' });
}

/** RFC 6960 4.2.1: an error is not signed, so anybody can send one. It must count for less than a status. */
function assertSuccessful(response: OcspResponse): BasicOcspResponse {
  if (response.kind === 'basic') return response.basic;
  throw refused('ocsp.response_unsuccessful', { clause: 'RFC 6960 4.2.1', found: response.error });
}

/** RFC 6960 4.4.1: a nonce binds a response to a request, of which there is none here. */
const NONCE = '1.3.6.1.5.5.7.48.1.2';

/** RFC 6960 4.4: extensions may be ignored unless they are critical. */
function assertUnderstood(basic: BasicOcspResponse, single: SingleResponse): void {
  for (const { oid, critical } of [...basic.extensions.values(), ...single.extensions.values()]) {
    if (critical && oid !== NONCE)
      throw refused('ocsp.critical_extension_unknown', { clause: 'RFC 6960 4.4', found: oid });
  }
}

/** RFC 6960 3.2, 2. SHA-1 is not among the algorithms. */
function assertSignedBy(basic: BasicOcspResponse, responder: Certificate): void {
  try {
    verifySignedBy(basic, publicKeyOf(responder), SIGNATURE_ALGORITHMS);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    throw refused('ocsp.signature_invalid', { clause: 'RFC 6960 3.2', found: error.code });
  }
}

/** RFC 6960 3.2, 5 and 6; 4.2.2.1: without nextUpdate newer information is always available. Seconds, as the times have. */
function assertCurrent({ thisUpdate, nextUpdate }: SingleResponse, at: number, maxAge: number | undefined): void {
  if (!(thisUpdate <= at)) throw refused('ocsp.not_yet_valid', { clause: 'RFC 6960 3.2', found: toText(thisUpdate) });
  const ends = [nextUpdate, maxAge === undefined ? undefined : thisUpdate + maxAge].filter((end) => end !== undefined);
  if (ends.length === 0 || !ends.every((end) => at < end + 1000)) {
    throw refused('ocsp.stale', { clause: 'RFC 6960 4.2.2.1', found: `thisUpdate ${toText(thisUpdate)}` });
  }
}

function toText(time: number): string {
  return new Date(time).toISOString();
}
