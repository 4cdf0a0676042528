import type { Service } from '@assay/service';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { registerErrors } from '../errors.ts';
import { createListener } from '../listener.ts';
import { HIDDEN, registerOpenApi } from '../openapi.ts';
import { PROBLEM_MEDIA_TYPE } from '../problems/problem.ts';
import { type Readiness, registerHealth } from '../public/health.ts';
import { authorize } from './auth.ts';
import { registerCredentials } from './credentials.ts';
import { registerDocuments } from './documents.ts';
import { registerGrants } from './grants.ts';
import type { Metrics } from './metrics.ts';
import { registerOrders } from './orders.ts';
import { registerPinsAndSecrets } from './pins-and-secrets.ts';
import { registerPolicies } from './policies.ts';
import { registerProposals } from './proposals.ts';
import { registerRecords } from './records.ts';
import { registerReview } from './review.ts';
import { registerSupport } from './support.ts';

export interface OperatorAppOptions {
  readonly service: Service;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger | undefined;
  /** Names by which this listener may be called: a page on another site cannot reach it by a name of its own. */
  readonly hosts: ReadonlySet<string>;
}

const BODY_LIMIT = 1 << 20;

/** The operator listener: admin API, metrics, health. Loopback unless somebody puts a proxy in front. */
export async function createOperatorApp(options: OperatorAppOptions): Promise<FastifyInstance> {
  const { service, readiness, metrics, logger, hosts } = options;
  const app = createListener({ logger, bodyLimit: BODY_LIMIT });
  app.decorateRequest('operator', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/admin/') && config?.scope === undefined) throw new TypeError(`${url} asks for no scope`);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (hosts.has(request.hostname)) return authorize(service, request, reply);
    const problem = { type: 'about:blank', title: 'Misdirected request', status: 421, code: 'host_refused' };
    return reply.code(421).type(PROBLEM_MEDIA_TYPE).send(problem);
  });
  registerErrors(app, { detailed: true });
  await registerOpenApi(app, 'Assay, operator interface');
  registerHealth(app, readiness);
  app.get('/metrics', { schema: HIDDEN }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  registerDocuments(app, service);
  registerPinsAndSecrets(app, service);
  registerRecords(app, service);
  registerSupport(app, service);
  registerPolicies(app, service);
  registerProposals(app, service);
  registerOrders(app, service);
  registerGrants(app, service);
  registerReview(app, service);
  registerCredentials(app, service);
  return app;
}
