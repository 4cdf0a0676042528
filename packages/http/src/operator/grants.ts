import { GrantWish, giveGrant, revokeGrant, type Service } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { actorOf, issuerOf } from './acts.ts';
import { PATH, PlaceParams, RowParams } from './place.ts';

/** Leave for simulators and CI to enrol. The private half of a grant's key never comes here. */
export function registerGrants(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/grants`, {
    config: { scope: 'read' },
    schema: { summary: 'Grants for simulators and CI', tags: ['grants'], params: PlaceParams },
    handler: async ({ params }) =>
      (await service.store.grants(issuerOf(service, params).iss)).map(({ iss: _, publicJwk: __, ...grant }) => grant),
  });

  app.post(`${PATH}/grants`, {
    config: { scope: 'grants' },
    schema: {
      ...{ summary: 'Let the holder of a key enrol so many times and for so long', tags: ['grants'] },
      ...{ params: PlaceParams, body: GrantWish },
    },
    handler: async (request) => {
      const { params, body } = request;
      const grant = await giveGrant(service, actorOf(request), issuerOf(service, params), body);
      return { id: grant.id, app: grant.app, expiresAt: grant.expiresAt, maxUses: grant.maxUses };
    },
  });

  app.delete(`${PATH}/grants/:id`, {
    config: { scope: 'grants' },
    schema: { summary: 'Revoke a grant', tags: ['grants'], params: RowParams },
    handler: async (request) => {
      const { params } = request;
      await revokeGrant(service, actorOf(request), issuerOf(service, params), params.id);
      return { id: params.id, revoked: true };
    },
  });
}
