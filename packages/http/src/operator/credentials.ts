import { RequestError } from '@assay/core';
import { createCredential, SCOPES, type Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fault } from '../fault.ts';
import { audited } from './acts.ts';

const Id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dots, dashes');
const DAY_MS = 86_400_000;

/** Operator credentials: made, listed without their tokens, revoked. Each act is written into every issuer's chain. */
export function registerCredentials(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const auditAll = async (
    request: Parameters<typeof audited>[2],
    act: string,
    subject: string,
    detail: { scopes?: string } = {},
  ) => {
    for (const issuer of service.issuers.values()) await audited(service, issuer, request, act, subject, detail);
  };

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
      const made = await createCredential(service.store, service.random, service.clock, id, scopes, expiresAt);
      if (made === 'exists') throw new RequestError('service.conflict', 'a credential has this id already');
      await auditAll(request, 'credential.create', id, { scopes: scopes.join(' ') });
      return reply.header('cache-control', 'no-store').send({ id, scopes, expiresAt, token: made.token });
    },
  });

  app.delete('/admin/v1/credentials/:id', {
    config: { scope: 'credentials' },
    schema: { summary: 'Revoke a credential', tags: ['credentials'], params: z.strictObject({ id: Id }) },
    handler: async (request) => {
      const revoked = await service.store.revokeCredential(request.params.id, service.clock());
      if (!revoked) throw fault('http.credential_unknown');
      await auditAll(request, 'credential.revoke', request.params.id);
      return { id: request.params.id, revoked: true };
    },
  });
}
