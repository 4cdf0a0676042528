import { RequestError } from '@assay/core';
import { admitOperator, dismissOperator, SCOPES, type Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fault } from '../fault.ts';
import { actorOf } from './acts.ts';

const Id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dots, dashes');
const DAY_MS = 86_400_000;

/** Operator credentials: made, listed without their tokens, revoked. Each act is written into every issuer's chain. */
export function registerCredentials(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get('/admin/v1/credentials', {
    config: { scope: 'credentials' },
    schema: { summary: 'Credentials, without their tokens', tags: ['credentials'] },
    handler: async () => (await service.store.credentials()).map(({ digest: _, ...credential }) => credential),
  });

  app.post('/admin/v1/credentials', {
    config: { scope: 'credentials' },
    schema: {
      ...{ summary: 'Make a credential; the token is shown once', tags: ['credentials'] },
      body: z.strictObject({
        id: Id,
        scopes: z.array(z.enum(SCOPES)).min(1),
        days: z.int().min(1).max(365).default(90),
      }),
    },
    handler: async (request, reply) => {
      const { id, scopes, days } = request.body;
      const expiresAt = service.clock() + days * DAY_MS;
      const made = await admitOperator(service, actorOf(request), { id, scopes, expiresAt });
      if (made === 'exists') throw new RequestError('service.conflict', 'a credential has this id already');
      return reply.header('cache-control', 'no-store').send({ id, scopes, expiresAt, token: made.token });
    },
  });

  app.delete('/admin/v1/credentials/:id', {
    config: { scope: 'credentials' },
    schema: { summary: 'Revoke a credential', tags: ['credentials'], params: z.strictObject({ id: Id }) },
    handler: async (request) => {
      const isRevoked = await dismissOperator(service, actorOf(request), request.params.id);
      if (!isRevoked) throw fault('http.credential_unknown');
      return { id: request.params.id, revoked: true };
    },
  });
}
