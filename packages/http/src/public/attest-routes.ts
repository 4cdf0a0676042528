import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, type AttestPath, attest, type Issuer, type Service } from '@assay/service';
import { parseRequest, REPLY_MEDIA_TYPE, REQUEST_LIMITS, thumbprint } from '@assay/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Admission, Cost } from '../admission/admission.ts';
import type { WorkQueue } from '../admission/queue.ts';
import { sendProblem } from '../problems/problem.ts';
import { AttestRequest, problems } from './schemas.ts';

export interface AttestRouteContext {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly admission: Admission;
  readonly queue: WorkQueue;
}

interface AttestRoute {
  readonly path: AttestPath;
  readonly cost: Cost;
  readonly summary: string;
}

const ROUTES: readonly AttestRoute[] = [
  { path: '/v1/attest', cost: 'enrol', summary: 'Enrol an instance, or step up' },
  { path: '/v1/refresh', cost: 'refresh', summary: 'Refresh tokens by proof of possession' },
  { path: '/v1/rekey', cost: 'enrol', summary: 'Replace the instance key within its lineage' },
];

const reply = (description: string) => ({ description, content: { [REPLY_MEDIA_TYPE]: { schema: z.string() } } });

/** The three routes that take signed statements; one body cap, one order of checks. Whatever they throw, the scope answers. */
export function registerAttestRoutes(app: FastifyInstance, context: AttestRouteContext): void {
  for (const route of ROUTES) {
    app.post(route.path, {
      config: { cost: route.cost },
      // Before the body is read: whoever floods us then has little done for each request.
      onRequest: async (_, reply) => (context.queue.isFull(route.cost) ? sendProblem(reply, 'overloaded') : undefined),
      schema: {
        ...{ summary: route.summary, tags: ['attestation'], body: AttestRequest },
        response: {
          200: reply('Signed reply with tokens'),
          403: reply('Signed refusal: evidence that does not hold, or the policy'),
          ...problems(400, 413, 429, 500, 503),
        },
      },
      bodyLimit: REQUEST_LIMITS.bodyBytes,
      // The wire format's own parser validates the exact bytes; a schema would parse them a second time.
      validatorCompiler: () => (value) => ({ value }),
      handler: (request, reply) => appraise(context, route, request, reply),
    });
  }
}

/**
 * Sealed answers leave at whole steps of this after the work on them began: refusals that are found early take no less time.
 * Not after the request came: a sender who holds back his body would choose where in a step the work ends, and read its length
 * off the step that the answer misses.
 */
const SEALED_STEP_MS = 100;

async function appraise(
  context: AttestRouteContext,
  route: AttestRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { queue, service } = context;
  const appraised = await queue.run(route.cost, () => appraiseNow(context, route, request));
  if (appraised === 'overloaded') return sendProblem(reply, 'overloaded');
  if ('wait' in appraised) return sendProblem(reply, 'rate_limited', { retry_after_ms: appraised.wait });
  const { answer, began } = appraised;
  request.support = answer.support;
  // Not in the queue: nobody behind it waits for this one's time.
  if (answer.isSealed) await wait(untilStep(service.elapsed() - began));
  return reply.code(answer.status).header('cache-control', 'no-store').type(REPLY_MEDIA_TYPE).send(answer.reply);
}

/** Timers are never early, and a whole step over what was left is spent alike by all. */
const untilStep = (spentMs: number): number => SEALED_STEP_MS - (spentMs % SEALED_STEP_MS);

type Appraised = { readonly wait: number } | { readonly answer: Answer; readonly began: number };

/** Even the parsing takes its turn: a hundred bodies that come together would be one long turn of the event loop. */
async function appraiseNow(
  { service, issuer, admission }: AttestRouteContext,
  { path, cost }: AttestRoute,
  request: FastifyRequest,
): Promise<Appraised> {
  const began = service.elapsed();
  const parsed = parseRequest(request.body instanceof Uint8Array ? request.body : new Uint8Array());
  const parseMs = service.elapsed() - began;
  const { app, purpose } = parsed.statement;
  request.asked = { app, jkt: purpose === 'refresh' ? thumbprint(parsed.jwk) : undefined };
  const wait = admission.app(cost, app);
  if (wait > 0) return { wait };
  return { answer: await attest(service, issuer, path, parsed, { address: request.ip, parseMs }), began };
}
