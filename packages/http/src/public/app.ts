import type { Clock } from '@assay/core';
import type { Issuer, Service } from '@assay/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type Budgets, type Cost, createAdmission, DEFAULT_BUDGETS } from '../admission/admission.ts';
import { createWorkQueue } from '../admission/queue.ts';
import { registerErrors } from '../errors.ts';
import { registerOpenApi } from '../openapi.ts';
import { registerAttestRoutes, shed } from './attest-routes.ts';
import { type Readiness, registerHealth } from './health.ts';
import { registerMetadata, registerReadRoutes } from './read-routes.ts';

/** Protocol version, in every response. */
export const PROTOCOL_VERSION = '1';

export interface PublicAppOptions {
  readonly service: Service;
  readonly readiness: Readiness;
  readonly logger: FastifyBaseLogger | undefined;
  /** Attestations under way at once. */
  readonly workers: number;
  readonly trustProxy: readonly string[];
  readonly clock: Clock;
  readonly budgets?: Budgets;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
}

const COSTS: readonly (readonly [RegExp, Cost])[] = [
  [/\/v1\/challenge$/, 'challenge'],
  [/\/v1\/refresh$/, 'refresh'],
  [/\/v1\/(?:attest|rekey)$/, 'enrol'],
];

/** A refresh never waits behind enrolments; what cannot wait is shed at once. */
const LANES = [
  { name: 'refresh', capacity: 512 },
  { name: 'enrol', capacity: 128 },
];

/** The public listener: every issuer under its own path, health beside them. */
export async function createPublicApp(options: PublicAppOptions): Promise<FastifyInstance> {
  const { service, trustProxy, logger, workers, clock, budgets = DEFAULT_BUDGETS } = options;
  const app = newFastify(options, trustProxy, logger);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const admission = createAdmission(budgets, clock);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('assay-protocol', PROTOCOL_VERSION);
    const wait = admission.network(costOf(request.url), request.ip);
    if (wait > 0) return shed(reply, 'rate_limited', wait);
    return undefined;
  });
  registerErrors(app, { detailed: false });
  await registerOpenApi(app, 'Assay, public interface');
  registerHealth(app, options.readiness);
  const queue = createWorkQueue(LANES, workers);
  for (const issuer of service.issuers.values()) {
    registerMetadata(app, issuer);
    await app.register(
      (scope, _, done) => {
        registerIssuer(scope, { service, issuer, admission, queue });
        done();
      },
      { prefix: new URL(issuer.iss).pathname },
    );
  }
  return app;
}

function newFastify({ tls }: PublicAppOptions, trustProxy: readonly string[], logger: FastifyBaseLogger | undefined) {
  const common = {
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    disableRequestLogging: true,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle' as const,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 160 },
    ...(logger === undefined ? {} : { loggerInstance: logger }),
  };
  if (tls === undefined) return Fastify(common);
  return Fastify({ ...common, https: { ...tls, minVersion: 'TLSv1.2' } }) as unknown as FastifyInstance;
}

function costOf(url: string): Cost {
  const path = url.split('?', 1)[0] ?? '';
  return COSTS.find(([pattern]) => pattern.test(path))?.[1] ?? 'read';
}

type Scope = Parameters<typeof registerAttestRoutes>[1] & { readonly service: Service; readonly issuer: Issuer };

/** Routes of one issuer. Statements are read as bytes; everything else as JSON. */
function registerIssuer(scope: FastifyInstance, context: Scope): void {
  registerReadRoutes(scope, context.service, context.issuer);
  void scope.register((statements, _, done) => {
    statements.removeAllContentTypeParsers();
    statements.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, parsed) => parsed(null, body));
    registerAttestRoutes(statements, context);
    done();
  });
}
