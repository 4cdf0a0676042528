import { approveProposal, openProposals, type Service, withdrawProposal } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { actorOf, issuerOf } from './acts.ts';
import { PATH, PlaceParams, RowParams } from './place.ts';

/** Changes that wait for a second person. */
export function registerProposals(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/proposals`, {
    config: { scope: 'read' },
    schema: { summary: 'Changes that wait for a second person', tags: ['policies'], params: PlaceParams },
    handler: async ({ params }) => openProposals(service, issuerOf(service, params)),
  });

  app.post(`${PATH}/proposals/:id/approve`, {
    config: { scope: 'policies' },
    schema: {
      ...{ summary: 'Put a proposal into force, by another credential than its own', tags: ['policies'] },
      params: RowParams,
    },
    handler: async (request) => {
      const { params } = request;
      return { version: await approveProposal(service, actorOf(request), issuerOf(service, params), params.id) };
    },
  });

  app.post(`${PATH}/proposals/:id/withdraw`, {
    config: { scope: 'policies' },
    schema: { summary: 'Take a proposal back', tags: ['policies'], params: RowParams },
    handler: async (request) => {
      const { params } = request;
      await withdrawProposal(service, actorOf(request), issuerOf(service, params), params.id);
      return { id: params.id, state: 'withdrawn' };
    },
  });
}
