import type { Service } from '@assay/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { registerErrors } from '../errors.ts';
import { registerOpenApi } from '../openapi.ts';
import { type Readiness, registerHealth } from '../public/health.ts';
import { authorize } from './auth.ts';
import { registerCredentials } from './credentials.ts';
import { registerDocuments } from './documents.ts';
import type { Metrics } from './metrics.ts';
import { registerPinsAndSecrets } from './pins-and-secrets.ts';
import { registerRecords } from './records.ts';

export interface OperatorAppOptions {
  readonly service: Service;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger | undefined;
  /** Names by which this listener may be called: a page on another site cannot reach it by a name of its own. */
  readonly hosts: ReadonlySet<string>;
}

/** The operator listener: admin API, metrics, health. Loopback unless somebody puts a proxy in front. */
export async function createOperatorApp({
  service,
  readiness,
  metrics,
  logger,
  hosts,
}: OperatorAppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...{ disableRequestLogging: true, requestTimeout: 30_000, bodyLimit: 1 << 20, forceCloseConnections: true },
    ...(logger === undefined ? {} : { loggerInstance: logger }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('operator', null);
  app.addHook('onRequest', async (request, reply) => {
    if (!hosts.has(request.hostname))
      return reply.code(421).send({ title: 'Misdirected request', status: 421, code: 'host_refused' });
    return authorize(service, request, reply);
  });
  registerErrors(app, { detailed: true });
  await registerOpenApi(app, 'Assay, operator interface');
  registerHealth(app, readiness);
  app.get('/metrics', { schema: { hide: true } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  registerDocuments(app, service);
  registerPinsAndSecrets(app, service);
  registerRecords(app, service);
  registerCredentials(app, service);
  return app;
}
