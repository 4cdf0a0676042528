import { DerReader, TAG } from '@assay/formats';
import { readSignatureBits } from '../certificate.ts';
import type { Extensions } from '../extensions/index.ts';
import { malformed } from '../faults.ts';
import { type Name, readName } from '../names.ts';
import { readAlgorithmIdentifier, type Signed } from '../signed.ts';
import { readExtensionList, readSingleResponse, readTagged, readTime, type SingleResponse } from './single.ts';

/** Who says that they signed: by subject name, or by the SHA-1 of the public key (RFC 6960 4.2.1, ResponderID). */
export type ResponderId =
  | { readonly by: 'name'; readonly name: Name }
  | { readonly by: 'key'; readonly keyHash: Uint8Array };

/** A signed response (RFC 6960 4.2.1, BasicOCSPResponse), parsed once and strictly. Proves nothing until it was verified. */
export interface BasicOcspResponse extends Signed {
  readonly responder: ResponderId;
  /** Epoch milliseconds. */
  readonly producedAt: number;
  readonly responses: readonly SingleResponse[];
  readonly extensions: Extensions;
  /** What the responder sent to prove that it may sign, DER. Unread: they matter only where the issuer did not sign itself. */
  readonly certificates: readonly Uint8Array[];
}

/** Errors of RFC 6960 4.2.1, by number; 4 is not used. They are not signed, and say nothing about the certificate. */
const ERRORS: readonly (OcspError | undefined)[] = [
  undefined,
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
];

export type OcspError = 'malformedRequest' | 'internalError' | 'tryLater' | 'sigRequired' | 'unauthorized';

export type OcspResponse =
  | { readonly kind: 'basic'; readonly basic: BasicOcspResponse }
  | { readonly kind: 'error'; readonly error: OcspError };

const SUCCESSFUL = 0;
const BASIC = '1.3.6.1.5.5.7.48.1.1';

/** A response with a delegated responder's chain has 2 to 5 kB. */
const LIMITS = { maxBytes: 1 << 16 };

/**
 * Parses an OCSPResponse (RFC 6960 4.2.1), whole input. Proves nothing.
 * Raises FormatError der.*, RequestError ocsp.response_malformed, x509.extension_duplicate, x509.signature_malformed.
 */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const outer = DerReader.of(der, LIMITS);
  const fields = outer.enter(TAG.SEQUENCE);
  outer.end();
  const status = fields.enumerated();
  const body = readTagged(fields, 0, (inner) => readBody(inner.enter(TAG.SEQUENCE)));
  fields.end();
  if (status === SUCCESSFUL && body !== undefined) return { kind: 'basic', basic: parseBasic(body) };
  const error = ERRORS[status];
  if (error !== undefined && body === undefined) return { kind: 'error', error };
  throw malformed('ocsp.response_malformed', { clause: 'RFC 6960 4.2.1', found: `status ${status}` });
}

function readBody(fields: DerReader): Uint8Array {
  const type = fields.oid();
  if (type !== BASIC) throw malformed('ocsp.response_malformed', { expected: 'id-pkix-ocsp-basic', found: type });
  const body = fields.octetString();
  fields.end();
  return body;
}

function parseBasic(bytes: Uint8Array): BasicOcspResponse {
  const outer = DerReader.of(bytes, LIMITS);
  const fields = outer.enter(TAG.SEQUENCE);
  outer.end();
  const tbs = fields.raw(TAG.SEQUENCE);
  const signatureAlgorithm = readAlgorithmIdentifier(fields, false);
  const signature = readSignatureBits(fields);
  const certificates = readTagged(fields, 0, (inner) => readCertificates(inner.enter(TAG.SEQUENCE))) ?? [];
  fields.end();
  return { tbs, signatureAlgorithm, signature, certificates, ...readTbs(tbs) };
}

function readCertificates(list: DerReader): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  while (!list.isEmpty) certificates.push(list.raw(TAG.SEQUENCE));
  return certificates;
}

type SignedPart = Omit<BasicOcspResponse, keyof Signed | 'certificates'>;

/** ResponseData. Version v1 is the default, which DER leaves out, and there is no other. */
function readTbs(tbs: Uint8Array): SignedPart {
  const fields = DerReader.of(tbs, LIMITS).enter(TAG.SEQUENCE);
  const responder = readResponderId(fields);
  const producedAt = readTime(fields);
  const responses = readResponses(fields.enter(TAG.SEQUENCE));
  const extensions = readTagged(fields, 1, readExtensionList) ?? new Map();
  fields.end();
  return { responder, producedAt, responses, extensions };
}

function readResponderId(fields: DerReader): ResponderId {
  const name = readTagged(fields, 1, readName);
  if (name !== undefined) return { by: 'name', name };
  const keyHash = readTagged(fields, 2, (inner) => inner.octetString());
  if (keyHash !== undefined) return { by: 'key', keyHash };
  throw malformed('ocsp.response_malformed', { expected: 'a responder by name or key', offset: fields.offset });
}

function readResponses(list: DerReader): readonly SingleResponse[] {
  const responses: SingleResponse[] = [];
  while (!list.isEmpty) responses.push(readSingleResponse(list.enter(TAG.SEQUENCE)));
  return responses;
}
