import { parseBase64, toBase64 } from '@assay/formats';
import {
  beginExchange,
  type Exchange,
  type Exchanged,
  enterFacade,
  exchangeAssertion,
  exchangeAttestation,
  exchangeDebugToken,
  makeFacadeChallenge,
  noteRefusedInput,
  toArtifact,
} from '@assay/service';
import { CHALLENGES } from '@assay/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Cost } from '../../admission/admission.ts';
import { sendProblem } from '../../problems/problem.ts';
import { classify } from '../../problems/unexpected.ts';
import type { AttestRouteContext } from '../../public/attest-routes.ts';
import { problems } from '../../public/schemas.ts';
import { sendError, sendOutcome } from './answers.ts';
import { AssertionBody, AttestationBody, DebugBody, FacadeAttested, FacadeChallenge, FacadeToken } from './schemas.ts';

const Resource = z.object({ project: z.string().max(64), app: z.string().max(155) });

/** The resource name that the client is built with names the app by its id; its methods follow after a colon. */
const pathOf = (method: string): string => `/v1/projects/:project/apps/:app(^[A-Za-z0-9._-]+)::${method}`;

const TAGS = ['compatibility'];
/** The base64 of the largest attestation, and the rest. */
const BODY_LIMIT = 32_768;

type Issued = Extract<Exchanged, { readonly outcome: 'issued' }>;

/** One method of the client that gives a token for evidence. */
interface ExchangeRoute<T extends { readonly limited_use: boolean }> {
  readonly method: string;
  readonly summary: string;
  readonly cost: Extract<Cost, 'enrol' | 'refresh'>;
  readonly body: z.ZodType<T>;
  readonly answer: z.ZodType;
  readonly exchange: (exchange: Exchange, body: T) => Promise<Exchanged>;
  readonly toAnswer: (issued: Issued) => object;
}

const toToken = ({ token, lifetimeSeconds }: Issued) => ({ token, ttl: `${lifetimeSeconds}s` });

const ATTESTATION: ExchangeRoute<z.output<typeof AttestationBody>> = {
  ...{ method: 'exchangeAppAttestAttestation', summary: 'Exchange an App Attest attestation for a bearer token' },
  ...{ cost: 'enrol', body: AttestationBody, answer: FacadeAttested },
  exchange: (exchange, { key_id, attestation_statement, challenge }) =>
    exchangeAttestation(exchange, {
      keyId: parseBase64(key_id),
      attestation: parseBase64(attestation_statement),
      challenge: parseBase64(challenge),
    }),
  toAnswer: (issued) => ({ appCheckToken: toToken(issued), artifact: toBase64(toArtifact(issued.jkt)) }),
};

const ASSERTION: ExchangeRoute<z.output<typeof AssertionBody>> = {
  ...{ method: 'exchangeAppAttestAssertion', summary: 'Exchange an App Attest assertion for a bearer token' },
  ...{ cost: 'refresh', body: AssertionBody, answer: FacadeToken },
  exchange: (exchange, { artifact, assertion, challenge }) =>
    exchangeAssertion(exchange, {
      artifact: parseBase64(artifact),
      assertion: parseBase64(assertion),
      challenge: parseBase64(challenge),
    }),
  toAnswer: toToken,
};

const DEBUG: ExchangeRoute<z.output<typeof DebugBody>> = {
  ...{ method: 'exchangeDebugToken', summary: 'Exchange a debug token for a bearer token, in development alone' },
  ...{ cost: 'enrol', body: DebugBody, answer: FacadeToken },
  exchange: (exchange, { debug_token }) => exchangeDebugToken(exchange, debug_token),
  toAnswer: toToken,
};

/** Google's App Check client for Apple systems, served as it is (docs/compat-app-check.md). */
export function registerAppCheckFacade(scope: FastifyInstance, context: AttestRouteContext): void {
  void scope.register((facade, _, done) => {
    answerErrors(facade, context);
    registerChallenge(facade, context);
    registerExchange(facade, context, ATTESTATION);
    registerExchange(facade, context, ASSERTION);
    registerExchange(facade, context, DEBUG);
    done();
  });
}

/** Input that is of no use is counted as everywhere; its status is the one that the client's back-off expects. */
function answerErrors(facade: FastifyInstance, { service, issuer }: AttestRouteContext): void {
  facade.setErrorHandler(async (error, request, reply) => {
    const { problem, code, isFault } = classify(error);
    if (isFault) throw error;
    const { app } = Resource.partial().safeParse(request.params).data ?? {};
    request.support = await noteRefusedInput(service, issuer, { code, app }, { address: request.ip });
    return sendError(reply, code, request.support) ?? sendProblem(reply, problem, { support: request.support });
  });
}

/** Asked for without a body, whose type is what the system or a hook of the app says of nothing: a 400 would cost a day. */
function registerChallenge(facade: FastifyInstance, { service, issuer }: AttestRouteContext): void {
  void facade.register((bodiless, _, done) => {
    bodiless.removeAllContentTypeParsers();
    bodiless.addContentTypeParser('*', { parseAs: 'buffer' }, (__, ___, parsed) => parsed(null));
    bodiless.withTypeProvider<ZodTypeProvider>().post(pathOf('generateAppAttestChallenge'), {
      config: { cost: 'challenge' },
      schema: {
        ...{ summary: 'Get a challenge for an attestation or an assertion', tags: TAGS, params: Resource },
        response: { 200: FacadeChallenge, ...problems(404, 429, 500, 503) },
      },
      handler: async (request, reply) => {
        const scene = await enterFacade(service, issuer, request.params, { address: request.ip });
        reply.header('cache-control', 'no-store');
        const ttl = `${CHALLENGES.facade.maxAgeSeconds}s`;
        return { challenge: toBase64(makeFacadeChallenge(scene)), ttl };
      },
    });
    done();
  });
}

function registerExchange<T extends { readonly limited_use: boolean }>(
  facade: FastifyInstance,
  context: AttestRouteContext,
  route: ExchangeRoute<T>,
): void {
  const { method, summary, cost, body, answer } = route;
  facade.post(pathOf(method), {
    config: { cost },
    onRequest: async (_, reply) => (context.queue.isFull(cost) ? sendProblem(reply, 'overloaded') : undefined),
    schema: {
      ...{ summary, tags: TAGS, params: Resource, body },
      response: { 200: answer, ...problems(400, 403, 404, 409, 413, 429, 500, 503) },
    },
    bodyLimit: BODY_LIMIT,
    handler: (request, reply) => exchange(context, route, request, reply),
  });
}

async function exchange<T extends { readonly limited_use: boolean }>(
  { service, issuer, admission, queue }: AttestRouteContext,
  { cost, exchange: run, toAnswer }: ExchangeRoute<T>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // What the schemas of the route have let through.
  const [resource, sent] = [request.params as z.output<typeof Resource>, request.body as T];
  const wait = admission.app(cost, resource.app);
  if (wait > 0) return sendProblem(reply, 'rate_limited', { retry_after_ms: wait });
  const exchanged = await queue.run(cost, async () => {
    const scene = await enterFacade(service, issuer, resource, { address: request.ip });
    return run(await beginExchange(scene, sent.limited_use), sent);
  });
  if (exchanged === 'overloaded') return sendProblem(reply, 'overloaded');
  request.support = exchanged.support;
  if (exchanged.outcome === 'key_unknown') {
    request.log.warn({ app: resource.app, support: exchanged.support }, 'App Check: an attested key has no row here');
  }
  if (exchanged.outcome !== 'issued') return sendOutcome(reply, exchanged);
  return reply.header('cache-control', 'no-store').send(toAnswer(exchanged));
}
