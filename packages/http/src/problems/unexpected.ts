import { AssayError } from '@assay/core';
import type { ProblemCode } from '@assay/tokens';
import type { HttpCode } from '../reasons.ts';
import { problemCodeOf } from './problem.ts';

/** Fastify's own refusals of a request, before any route saw it. */
const FASTIFY_CODES: Readonly<Record<string, 'request_too_large' | 'request_malformed'>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request_malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request_malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request_malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request_malformed',
  FST_ERR_VALIDATION: 'request_malformed',
};

/** What an error becomes for a client, and which code operators see. A fault of ours is a 500 and never a refusal. */
export function classify(error: unknown): {
  readonly problem: ProblemCode;
  readonly code: string;
  readonly isFault: boolean;
} {
  if (error instanceof AssayError) {
    const isFault = error.family === 'config' || error.family === 'upstream';
    return { problem: problemCodeOf(error), code: error.code, isFault };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const problem = FASTIFY_CODES[code];
  if (problem !== undefined) return { problem, code: `http.${problem}` satisfies HttpCode, isFault: false };
  return { problem: 'server_misconfigured', code: 'http.fault', isFault: true };
}
