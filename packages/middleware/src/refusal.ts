import { type Acr, AssayError, type Detail, type ErrorFamily } from '@assay/core';
import { ALG, type ProblemDocument, TOKENS_PROBLEMS } from '@assay/tokens';
import { ANSWERS, type Answer, type AnswerCode } from './answers.ts';
import type { Demands } from './demands.ts';
import { MIDDLEWARE_PROBLEMS, type MiddlewareCode } from './reasons.ts';

/** Why a request is not attested: the operator's code, and the public one. */
export interface Refusal {
  readonly code: string;
  readonly problem: AnswerCode;
  readonly detail?: Detail;
}

/** What the route demanded, for a caller that can do better next time. */
export interface Required {
  /** Least assurance. */
  readonly acr: Acr;
  /** Least tier. */
  readonly tier: Demands['tier'];
  /** Seconds. */
  readonly max_age?: number;
  readonly max_enrolment_age?: number;
}

/** A problem document (RFC 9457) of this package. */
export interface RefusalDocument extends Omit<ProblemDocument, 'code'> {
  readonly code: AnswerCode;
  readonly required?: Required;
}

const PUBLIC_CODES: Readonly<Record<string, string>> = {
  ...TOKENS_PROBLEMS,
  ...MIDDLEWARE_PROBLEMS,
  // The one key that an API reads out of a request is the one in the proof.
  'tokens.key_invalid': 'invalid_dpop_proof',
};

/** For codes of ports that others implement, such as a shared memory of used proofs. */
const BY_FAMILY: Readonly<Record<ErrorFamily, AnswerCode>> = {
  request: 'invalid_token',
  evidence: 'invalid_token',
  upstream: 'vendor_unavailable',
  config: 'server_misconfigured',
};

const isAnswer = (code: string): code is AnswerCode => Object.hasOwn(ANSWERS, code);

/** The refusal that a coded error stands for; undefined for a crash, which is no decision. */
export function refusalBy(error: unknown): Refusal | undefined {
  if (!(error instanceof AssayError)) return undefined;
  const { code, family, detail } = error;
  const known = PUBLIC_CODES[code] ?? '';
  return { code, detail, problem: isAnswer(known) ? known : BY_FAMILY[family] };
}

/** The refusal of a demand that is not met. */
export function refusalOf(code: MiddlewareCode): Refusal {
  return { code, problem: MIDDLEWARE_PROBLEMS[code] };
}

/** What an answer says beyond its code. */
export interface AnswerContext {
  /** Scheme of the user's own token, which then keeps `Authorization`. */
  readonly userScheme: string | undefined;
  readonly nonce: string | undefined;
  readonly support: string;
  readonly required: Required | undefined;
}

export interface AnswerParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: RefusalDocument;
}

/** The complete answer to a refused request. */
export function answer(code: AnswerCode, context: AnswerContext): AnswerParts {
  const row: Answer = ANSWERS[code];
  const { retryAfterSeconds } = row;
  const challenge = challengeOf(row, context.userScheme);
  return {
    status: row.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(context.nonce === undefined ? {} : { 'dpop-nonce': context.nonce }),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }),
    },
    problem: {
      type: `urn:assay:problem:${code}`,
      title: row.title,
      status: row.status,
      code,
      support: context.support,
      ...(retryAfterSeconds === undefined ? {} : { retry_after_ms: retryAfterSeconds * 1000 }),
      ...(context.required === undefined ? {} : { required: context.required }),
    },
  };
}

/**
 * Next to a user's token the bare challenge, or `invalid_token`, would say that the user's login is over: there the draft's own
 * code stands for everything that is wrong with the attestation.
 */
const BESIDE_USER: Readonly<Record<string, string>> = {
  '': 'invalid_client_attestation',
  invalid_token: 'invalid_client_attestation',
};

/** RFC 9449 7.1: `algs` tells which proofs are taken. */
function challengeOf({ error }: Answer, userScheme: string | undefined): string | undefined {
  if (error === undefined) return undefined;
  const name = userScheme === undefined ? error : (BESIDE_USER[error ?? ''] ?? error);
  const parameters = [
    ...(name === null ? [] : [`error="${name}"`]),
    ...(userScheme === 'Bearer' ? [] : [`algs="${ALG}"`]),
  ];
  return `${userScheme ?? 'DPoP'} ${parameters.join(', ')}`;
}
