import type { ErrorFamily } from '@assay/core';

/** One public error code: what an answer with it looks like. Data shared by server, middleware and client. */
export interface Problem {
  readonly status: number;
  /** `verdict`: a policy's decision; `none`: load, nobody's fault. */
  readonly family: ErrorFamily | 'verdict' | 'none';
  /** Whether it comes inside a signed reply. A client acts on signed answers only; every other one makes it wait. */
  readonly signed: boolean;
  /** RFC 9457 `title`. */
  readonly title: string;
}

const request = (status: number, title: string): Problem => ({ status, family: 'request', signed: false, title });
const evidence = (title: string): Problem => ({ status: 403, family: 'evidence', signed: true, title });

/** Public codes of the issuer. */
export type ProblemCode =
  | 'request_malformed'
  | 'request_too_large'
  | 'version_unsupported'
  | 'challenge_expired'
  | 'challenge_used'
  | 'challenge_purpose'
  | 'proof_invalid'
  | 'binding_mismatch'
  | 'evidence_invalid'
  | 'chain_untrusted'
  | 'counter_replayed'
  | 'instance_unknown'
  | 'key_registered'
  | 'instance_revoked'
  | 'os_transient'
  | 'policy_refused'
  | 'vendor_unavailable'
  | 'rate_limited'
  | 'overloaded'
  | 'server_misconfigured';

/** Answers of the issuer (`docs/protocol.md`, Errors). */
export const PROBLEMS: Readonly<Record<ProblemCode, Problem>> = {
  request_malformed: request(400, 'The request is malformed'),
  request_too_large: request(413, 'The request is too large'),
  version_unsupported: request(400, 'The protocol version is not supported'),
  challenge_expired: request(400, 'The challenge is not valid any more'),
  challenge_used: request(400, 'The challenge was used before'),
  challenge_purpose: request(400, 'The challenge was made for another purpose'),
  proof_invalid: evidence('The proof of possession is not valid'),
  binding_mismatch: evidence('The evidence was made for another request'),
  evidence_invalid: evidence('The evidence is not valid'),
  chain_untrusted: evidence('The evidence is not signed by a trusted authority'),
  counter_replayed: evidence('The evidence was used before'),
  instance_unknown: evidence('The instance is not known'),
  key_registered: evidence('The attested key belongs to another instance'),
  instance_revoked: evidence('The instance is revoked'),
  os_transient: evidence('The operating system gave a transient answer'),
  policy_refused: { status: 403, family: 'verdict', signed: true, title: 'The policy refused the instance' },
  vendor_unavailable: { status: 503, family: 'upstream', signed: false, title: 'A needed service is not available' },
  rate_limited: { status: 429, family: 'none', signed: false, title: 'Too many requests' },
  overloaded: { status: 503, family: 'none', signed: false, title: 'The service is overloaded' },
  server_misconfigured: { status: 500, family: 'config', signed: false, title: 'The server is misconfigured' },
};

/** An answer of an API that enforces tokens: status and the `error` of its `WWW-Authenticate` (RFC 9449 7.1, RFC 9470 3). */
export interface ApiProblem {
  readonly status: number;
  /** Absent where the request carried no credentials at all: RFC 6750 3.1 wants the bare challenge then. */
  readonly error?: string;
  readonly title: string;
}

const api = (status: number, error: string, title: string): ApiProblem => ({ status, error, title });

/** Public codes of a protected API. */
export type ApiProblemCode =
  | 'attestation_required'
  | 'invalid_token'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'use_fresh_attestation'
  | 'insufficient_user_authentication'
  | 'attestation_denied';

/** Answers of a protected API. The challenge scheme is `DPoP`, or that of the user's own token when it holds `Authorization`. */
export const API_PROBLEMS: Readonly<Record<ApiProblemCode, ApiProblem>> = {
  attestation_required: { status: 401, title: 'An attestation token is required' },
  invalid_token: api(401, 'invalid_token', 'The attestation token is not valid'),
  invalid_dpop_proof: api(401, 'invalid_dpop_proof', 'The proof of possession is not valid'),
  use_dpop_nonce: api(401, 'use_dpop_nonce', 'The proof needs a fresh nonce'),
  use_fresh_attestation: api(401, 'use_fresh_attestation', 'A fresher or stronger attestation is required'),
  insufficient_user_authentication: api(
    401,
    'insufficient_user_authentication',
    'A stronger authentication of the user is required',
  ),
  attestation_denied: api(403, 'insufficient_scope', 'This app or device is not admitted'),
};

/** A problem document (RFC 9457) as sent. Unsigned: it may make a client wait and nothing more. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode | ApiProblemCode;
  readonly support?: string;
  readonly retry_after_ms?: number;
}
