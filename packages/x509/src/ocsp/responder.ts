import { hash } from 'node:crypto';
import { AssayError, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { type Certificate, parseCertificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import { publicKeyOf } from '../keys.ts';
import { sameName } from '../names.ts';
import { OID } from '../oids.ts';
import { SIGNATURE_ALGORITHMS, verifySignedBy } from '../signatures.ts';
import { keyBits } from './cert-id.ts';
import type { BasicOcspResponse, ResponderId } from './response.ts';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/**
 * The certificate whose key must have signed the response: the issuer of the certificate in question, or a responder that
 * this very issuer appointed (RFC 6960 4.2.2.2). Responders of the operator's own choice are not offered.
 * Raises ocsp.responder_not_authorised.
 */
export function responderOf(basic: BasicOcspResponse, issuer: Certificate, at: number): Certificate {
  if (isNamed(basic.responder, issuer)) return issuer;
  const delegate = basic.certificates.flatMap(readable).find((certificate) => isNamed(basic.responder, certificate));
  if (delegate === undefined) throw notAuthorised('no certificate of the responder');
  assertAppointed(delegate, issuer, at);
  return delegate;
}

/** A certificate that cannot be read does not exist for the search. */
function readable(certificate: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(certificate)];
  } catch (error) {
    if (error instanceof AssayError) return [];
    throw error;
  }
}

function isNamed(responder: ResponderId, certificate: Certificate): boolean {
  if (responder.by === 'name') return sameName(responder.name.raw, certificate.subject.raw);
  return equalBytes(responder.keyHash, hash('sha1', keyBits(certificate), 'buffer'));
}

/** What a delegated responder's certificate must be, in words for the operator. Dear last. */
const DEMANDS: readonly (readonly [
  what: string,
  holds: (delegate: Certificate, issuer: Certificate, at: number) => boolean,
])[] = [
  ['a responder of another issuer', (delegate, issuer) => sameName(delegate.issuer.raw, issuer.subject.raw)],
  // anyExtendedKeyUsage does not do: RFC 6960 4.2.2.2 demands the purpose itself.
  ['a certificate without id-kp-OCSPSigning', ({ extKeyUsage }) => extKeyUsage?.includes(OCSP_SIGNING) === true],
  ['a key that is not for signatures', ({ keyUsage }) => keyUsage?.has('digitalSignature') !== false],
  ['a critical extension that is not processed', (delegate) => !hasUnknownCritical(delegate)],
  ['an expired or future certificate', ({ notBefore, notAfter }, _, at) => at >= notBefore && at < notAfter + 1000],
  ['a certificate that the issuer did not sign', isSignedBy],
];

/**
 * Whether the responder's own certificate is revoked is not asked: RFC 6960 4.2.2.2.1 leaves it to the issuer, by
 * id-pkix-ocsp-nocheck or a short life, and asking would need a second response of the same kind.
 */
function assertAppointed(delegate: Certificate, issuer: Certificate, at: number): void {
  for (const [what, holds] of DEMANDS) if (!holds(delegate, issuer, at)) throw notAuthorised(what);
}

const PROCESSED: ReadonlySet<string> = new Set([OID.basicConstraints, OID.keyUsage, OID.extKeyUsage]);

function hasUnknownCritical({ extensions }: Certificate): boolean {
  return [...extensions.values()].some(({ oid, critical }) => critical && !PROCESSED.has(oid));
}

function isSignedBy(delegate: Certificate, issuer: Certificate): boolean {
  try {
    verifySignedBy(delegate, publicKeyOf(issuer), SIGNATURE_ALGORITHMS);
    return true;
  } catch (error) {
    if (error instanceof EvidenceError) return false;
    throw error;
  }
}

function notAuthorised(found: string): EvidenceError {
  return refused('ocsp.responder_not_authorised', { clause: 'RFC 6960 4.2.2.2', found });
}
