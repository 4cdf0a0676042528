import { type AssayError, RequestError } from '@assay/core';
import { type AttestPath, attest, type Issuer, makeChallenge, noteRefusedInput, type Service } from '@assay/service';
import { type ParsedRequest, parseRequest, REPLY_MEDIA_TYPE, REQUEST_LIMITS } from '@assay/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission, Cost } from '../admission/admission.ts';
import type { WorkQueue } from '../admission/queue.ts';
import { PROBLEM_MEDIA_TYPE, problemCodeOf, toProblem } from '../problems/problem.ts';
import { AttestRequest, Problem } from './schemas.ts';

export interface AttestRouteContext {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly admission: Admission;
  readonly queue: WorkQueue;
}

const ROUTES: readonly { readonly path: AttestPath; readonly cost: Cost; readonly summary: string }[] = [
  { path: '/v1/attest', cost: 'enrol', summary: 'Enrol an instance, or step up' },
  { path: '/v1/refresh', cost: 'refresh', summary: 'Refresh tokens by proof of possession' },
  { path: '/v1/rekey', cost: 'enrol', summary: 'Replace the instance key within its lineage' },
];

/** The three routes that take signed statements; one body cap, one order of checks, one way to refuse. */
export function registerAttestRoutes(app: FastifyInstance, context: AttestRouteContext): void {
  for (const { path, cost, summary } of ROUTES) {
    app.post(path, {
      schema: {
        ...{ summary, tags: ['attestation'], body: AttestRequest },
        response: { 400: Problem, 413: Problem, 429: Problem, 500: Problem, 503: Problem },
        description: `Answers 200 or 403 with a signed reply, ${REPLY_MEDIA_TYPE}.`,
      },
      bodyLimit: REQUEST_LIMITS.bodyBytes,
      // The wire format's own parser validates the exact bytes; a schema would parse them a second time.
      validatorCompiler: () => (value) => ({ value }),
      handler: (request, reply) => handle(context, path, cost, request, reply),
    });
  }
}

async function handle(
  context: AttestRouteContext,
  path: AttestPath,
  cost: Cost,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  let parsed: ParsedRequest | undefined;
  try {
    parsed = parseRequest(body);
    return await appraise(context, path, cost, parsed, request, reply);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return refuseInput(context, error, parsed, request, reply);
  }
}

async function appraise(
  { service, issuer, admission, queue }: AttestRouteContext,
  path: AttestPath,
  cost: Cost,
  parsed: ParsedRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wait = admission.app(cost, parsed.statement.app);
  if (wait > 0) return shed(reply, 'rate_limited', wait);
  const answer = await queue.run(cost, () => attest(service, issuer, path, parsed, { address: request.ip }));
  if (answer === 'overloaded') return shed(reply, 'overloaded', 1_000);
  return reply.code(answer.status).type(REPLY_MEDIA_TYPE).send(answer.reply);
}

/** Load is nobody's fault: a 429 or 503 with the time to wait, and nothing counted against the caller. */
export function shed(reply: FastifyReply, code: 'rate_limited' | 'overloaded', waitMs: number): FastifyReply {
  const problem = toProblem(code, { retry_after_ms: waitMs });
  const seconds = String(Math.ceil(waitMs / 1000));
  return reply.code(problem.status).header('retry-after', seconds).type(PROBLEM_MEDIA_TYPE).send(problem);
}

async function refuseInput(
  { service, issuer }: AttestRouteContext,
  error: AssayError,
  parsed: ParsedRequest | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const app = parsed?.statement.app;
  const support = await noteRefusedInput(service, issuer, { code: error.code, app }, { address: request.ip });
  const code = problemCodeOf(error);
  if (code.startsWith('challenge_') && app !== undefined) await offerChallenge(service, issuer, app, reply);
  const problem = toProblem(code, { support });
  return reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
}

/** A new challenge rides along, so that the client needs no round trip more. */
async function offerChallenge(service: Service, issuer: Issuer, app: string, reply: FastifyReply): Promise<void> {
  if ((await service.registry.app(issuer.iss, app)) === undefined) return;
  const { attestation_challenge } = await makeChallenge(service, issuer, { app });
  reply.header('oauth-client-attestation-challenge', attestation_challenge);
}
