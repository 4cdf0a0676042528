import { type AssayError, ConfigError, EvidenceError, RequestError } from '@assay/core';
import { PROBLEMS, type ProblemCode, TOKENS_PROBLEMS } from '@assay/tokens';
import type { FastifyReply } from 'fastify';

/** Codes of other packages that have a public code of their own; every other code goes by its family. */
const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  'service.challenge_used': 'challenge_used',
  'service.vendor_share_spent': 'rate_limited',
  'store.busy': 'overloaded',
};

const BY_REASON: Readonly<Record<string, string>> = TOKENS_PROBLEMS;

/** The public code of an error: what a client may know of it. */
export function problemCodeOf(error: AssayError): ProblemCode {
  const named = BY_CODE[error.code] ?? BY_REASON[error.code];
  if (named !== undefined && named in PROBLEMS) return named as ProblemCode; // a key of PROBLEMS by the test before
  if (error instanceof RequestError) return 'request_malformed';
  if (error instanceof EvidenceError) return 'evidence_invalid';
  return error instanceof ConfigError ? 'server_misconfigured' : 'vendor_unavailable';
}

/** A problem as it goes out (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly support?: string;
  readonly detail?: string;
  readonly retry_after_ms?: number;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
const TYPE_BASE = 'urn:assay:problem:';

/** The document of a public code. `detail` is for operators' routes only: a device is told the class and no more. */
export function toProblem(
  code: ProblemCode,
  extra: Pick<ProblemBody, 'support' | 'detail' | 'retry_after_ms'> = {},
): ProblemBody {
  const { title, status } = PROBLEMS[code];
  return { type: TYPE_BASE + code, title, status, code, ...extra };
}

/** What a client that meets one of our 503s without a time of its own waits. */
const WAIT_MS: Readonly<Partial<Record<ProblemCode, number>>> = {
  overloaded: 1_000,
  vendor_unavailable: 5_000,
  rate_limited: 60_000,
};

/** Sends the document of a code, with the time to wait where waiting helps. */
export function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  extra: Parameters<typeof toProblem>[1] = {},
): FastifyReply {
  const wait = extra.retry_after_ms ?? WAIT_MS[code];
  const problem = toProblem(code, wait === undefined ? extra : { ...extra, retry_after_ms: wait });
  if (wait !== undefined) reply.header('retry-after', String(Math.ceil(wait / 1_000)));
  return reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
}
