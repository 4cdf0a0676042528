import type { Clock } from '@assay/core';
import type { Issuer, Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import { type Budgets, type Cost, createAdmission, DEFAULT_BUDGETS } from '../admission/admission.ts';
import {
  type ConnectionLimits,
  DEFAULT_CONNECTIONS,
  limitConnections,
  refusePipelining,
  restAfterShedding,
} from '../admission/connections.ts';
import { createWorkQueue } from '../admission/queue.ts';
import { registerAppCheckFacade } from '../compat/app-check/routes.ts';
import { registerErrors } from '../errors.ts';
import { createListener, type ListenerOptions } from '../listener.ts';
import { registerOpenApi } from '../openapi.ts';
import { sendProblem } from '../problems/problem.ts';
import { type AttestRouteContext, registerAttestRoutes } from './attest-routes.ts';
import { type Readiness, registerHealth } from './health.ts';
import { registerMetadata, registerReadRoutes } from './read-routes.ts';
import { registerRefusals } from './refusals.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route counts as in budgets: `read` unless it says otherwise; `free` for probes of an orchestrator. */
    readonly cost?: Cost | 'free';
  }
}

export interface PublicAppOptions extends Omit<ListenerOptions, 'bodyLimit'> {
  readonly service: Service;
  readonly readiness: Readiness;
  /** Attestations under way at once. */
  readonly workers: number;
  readonly clock: Clock;
  readonly budgets?: Budgets;
  readonly connections?: ConnectionLimits;
}

/** A refresh never waits behind enrolments, nor a new connection behind more than some; what cannot wait is shed at once. */
const LANES = [
  { name: 'refresh', capacity: 512, standsBack: 0 },
  { name: 'enrol', capacity: 128, standsBack: 64 },
];

/** For routes that name no limit of their own; none of them takes a large body. */
const BODY_LIMIT = 1_024;

/** The public listener: every issuer under its own path, health beside them. */
export async function createPublicApp(options: PublicAppOptions): Promise<FastifyInstance> {
  const { service, readiness, workers, clock, budgets = DEFAULT_BUDGETS, trustProxy = [] } = options;
  const app = createListener({ ...options, bodyLimit: BODY_LIMIT });
  const isDirect = trustProxy.length === 0;
  const connections = limitConnections(app.server, options.connections ?? DEFAULT_CONNECTIONS, isDirect);
  if (isDirect) {
    refusePipelining(app);
    restAfterShedding(app);
  }
  const admission = createAdmission(budgets, clock);
  app.addHook('onRequest', async ({ routeOptions, ip }, reply) => {
    const { cost = 'read' } = routeOptions.config;
    const wait = cost === 'free' ? 0 : admission.network(cost, ip);
    return wait > 0 ? sendProblem(reply, 'rate_limited', { retry_after_ms: wait }) : undefined;
  });
  registerErrors(app, { detailed: false });
  await registerOpenApi(app, 'Assay, public interface');
  registerHealth(app, readiness);
  const queue = createWorkQueue(LANES, workers, () => connections.taken);
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

/** Routes of one issuer. Statements are read as bytes; everything else as JSON. */
function registerIssuer(
  scope: FastifyInstance,
  context: AttestRouteContext & { readonly service: Service; readonly issuer: Issuer },
): void {
  registerRefusals(scope, context.service, context.issuer);
  registerReadRoutes(scope, context.service, context.issuer);
  registerAppCheckFacade(scope, context);
  void scope.register((statements, _, done) => {
    statements.removeAllContentTypeParsers();
    statements.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, parsed) => parsed(null, body));
    registerAttestRoutes(statements, context);
    done();
  });
}
