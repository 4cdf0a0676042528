import { parseBase64 } from '@assay/formats';
import {
  listSecrets,
  publishedPins,
  publishPinSet,
  publishRoot,
  SecretRule,
  type Service,
  setSecret,
} from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput } from '../fault.ts';
import { actorOf, issuerOf } from './acts.ts';

const Params = z.strictObject({ tenant: z.string().max(40), env: z.string().max(40), app: z.string().max(155) });
const Wire = z.strictObject({ document: z.string().max(65_536).describe('JWS in General JSON form, exact text') });
const PATH = '/admin/v1/t/:tenant/e/:env/apps/:app';

/** Publishing what was signed elsewhere, and storing secrets. The server signs no pins and shows no secret. */
export function registerPinsAndSecrets(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/pins`, {
    config: { scope: 'read' },
    schema: { summary: 'Published root documents and pin set', tags: ['pins'], params: Params },
    handler: async ({ params }) => publishedPins(service, issuerOf(service, params).iss, params.app),
  });

  app.get(`${PATH}/reply-key`, {
    config: { scope: 'read' },
    schema: { summary: 'Public reply key, to be named in a root document', tags: ['pins'], params: Params },
    handler: async ({ params }) => {
      const { reply } = await service.keys.of(issuerOf(service, params).iss);
      return { kid: reply.kid, jwk: reply.publicJwk };
    },
  });

  app.post(`${PATH}/root`, {
    config: { scope: 'pins' },
    schema: { summary: 'Publish a signed root document', tags: ['pins'], params: Params, body: Wire },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      const { app: id } = request.params;
      const root = await publishRoot(service, actorOf(request), issuer, id, request.body.document);
      return { version: root.v, epoch: root.epoch };
    },
  });

  app.post(`${PATH}/pins`, {
    config: { scope: 'pins' },
    schema: { summary: 'Publish a signed pin set', tags: ['pins'], params: Params, body: Wire },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      const { app: id } = request.params;
      const row = await publishPinSet(service, actorOf(request), issuer, id, request.body.document);
      const { epoch, version, hash } = row;
      return { epoch, version, hash };
    },
  });

  app.get(`${PATH}/secrets`, {
    config: { scope: 'read' },
    schema: { summary: 'Names, versions and rules of secrets; never a value', tags: ['secrets'], params: Params },
    handler: async ({ params }) => listSecrets(service, issuerOf(service, params), params.app),
  });

  app.put(`${PATH}/secrets/:name`, {
    config: { scope: 'secrets' },
    schema: {
      ...{ summary: 'Store a new version of a secret', tags: ['secrets'] },
      params: z.strictObject({ ...Params.shape, name: z.string().max(64) }),
      body: z.strictObject({ value: z.string().max(8_192).describe('Standard base64'), rule: SecretRule.prefault({}) }),
    },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      const { app: id, name } = request.params;
      const { value, rule } = request.body;
      const actor = actorOf(request);
      const version = await asInput(() => setSecret(service, actor, issuer, id, name, parseBase64(value), rule));
      return { name, version };
    },
  });
}
