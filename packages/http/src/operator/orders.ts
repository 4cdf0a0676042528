import { endOrder, giveOrder, OrderWish, type Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput } from '../fault.ts';
import { actorOf, issuerOf } from './acts.ts';
import { PATH, PlaceParams, RowId, RowParams } from './place.ts';

const Page = z.strictObject({
  all: z.enum(['true', 'false']).default('false').describe('`true`: also those that have ended'),
  before: RowId.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Orders about single installs or groups of them: bans, passes, policies of one's own, and the switch that lets a policy rest. */
export function registerOrders(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/orders`, {
    config: { scope: 'read' },
    schema: { summary: 'Orders, newest first', tags: ['orders'], params: PlaceParams, querystring: Page },
    handler: async ({ params, query: { all, before, limit } }) => {
      const inForce = all === 'true' ? {} : { at: service.clock() };
      const from = before === undefined ? {} : { before };
      return service.store.orders(issuerOf(service, params).iss, { ...inForce, ...from, limit });
    },
  });

  app.post(`${PATH}/orders`, {
    config: { scope: 'orders' },
    schema: {
      ...{ summary: 'Give an order; it works at the next refresh of each install', tags: ['orders'] },
      ...{ params: PlaceParams, body: OrderWish },
    },
    handler: async (request) => {
      const { params, body } = request;
      const issuer = issuerOf(service, params);
      const ordered = await asInput(() => giveOrder(service, actorOf(request), issuer, body));
      if (body.effect === 'enforce_off') {
        const { id, app, author, expiresAt } = ordered.order;
        request.log.warn(
          { ...{ tenant: issuer.tenant, env: issuer.env, app, author, order: id }, expiresAt },
          'ENFORCEMENT IS OFF',
        );
      }
      return ordered;
    },
  });

  app.delete(`${PATH}/orders/:id`, {
    config: { scope: 'orders' },
    schema: { summary: 'End an order before its time', tags: ['orders'], params: RowParams },
    handler: async (request) => {
      const { params } = request;
      await endOrder(service, actorOf(request), issuerOf(service, params), params.id);
      return { id: params.id, ended: true };
    },
  });
}
