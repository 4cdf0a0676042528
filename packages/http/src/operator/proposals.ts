import { approveProposal, openProposals, proposalPage, type Service, withdrawProposal } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { asInput } from '../fault.ts';
import { sendProblem } from '../problems/problem.ts';
import { actorOf, issuerOf } from './acts.ts';
import { createGate } from './gate.ts';
import { PATH, PlaceParams, RowParams } from './place.ts';

/** Changes that wait for a second person. */
export function registerProposals(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/proposals`, {
    config: { scope: 'read' },
    schema: { summary: 'Changes that wait for a second person', tags: ['policies'], params: PlaceParams },
    handler: async ({ params }) => openProposals(service, issuerOf(service, params)),
  });

  const gate = createGate(1);
  app.get(`${PATH}/proposals/:id`, {
    config: { scope: 'read' },
    schema: { summary: 'What a proposal changes, and what it would do', tags: ['policies'], params: RowParams },
    handler: async ({ params }, reply) => {
      const leave = gate.enter();
      if (leave === undefined) return sendProblem(reply, 'overloaded');
      return asInput(() => proposalPage(service, issuerOf(service, params), params.id)).finally(leave);
    },
  });

  app.post(`${PATH}/proposals/:id/approve`, {
    config: { scope: 'policies' },
    schema: {
      ...{ summary: 'Put a proposal into force, by another credential than its own', tags: ['policies'] },
      params: RowParams,
    },
    handler: async (request) => {
      const { params } = request;
      return approveProposal(service, actorOf(request), issuerOf(service, params), params.id);
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
