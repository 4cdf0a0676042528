import { toBase64url } from '@assay/formats';
import {
  retainedEvidence,
  revokeInstance,
  revokeTokenKey,
  rotateKeys,
  type Service,
  verifyAudit,
} from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput, fault } from '../fault.ts';
import { actorOf, audited, issuerOf } from './acts.ts';
import { PATH, Place, PlaceParams } from './place.ts';

const Limit = z.coerce.number().int().min(1).max(500).default(50);

/** What happened: appraisals, rejections, the audit log; and the keys and instances that operators act upon. */
export function registerRecords(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/appraisals`, {
    config: { scope: 'read' },
    schema: {
      ...{ summary: 'Appraisals, newest first', tags: ['records'], params: PlaceParams },
      querystring: z.strictObject({ before: z.string().max(64).optional(), limit: Limit }),
    },
    handler: async ({ params, query: { before, limit } }) =>
      service.store.appraisals(issuerOf(service, params).iss, before === undefined ? { limit } : { before, limit }),
  });

  app.get(`${PATH}/appraisals/:id/evidence`, {
    config: { scope: 'evidence' },
    schema: {
      ...{ summary: 'Evidence that was kept for an appraisal, to judge it again', tags: ['records'] },
      params: z.strictObject({ ...Place, id: z.string().max(64) }),
    },
    handler: async (request, reply) => {
      const issuer = issuerOf(service, request.params);
      const { id } = request.params;
      const kept = await retainedEvidence(service, issuer.iss, id);
      if (kept === undefined) throw fault('http.evidence_unknown');
      await audited(service, issuer, request, 'evidence.read', id);
      const evidence = kept.evidence.map(({ role, parts }) => ({ role, parts: parts.map(toBase64url) }));
      return reply.header('cache-control', 'no-store').send({ ...kept, evidence });
    },
  });

  app.get(`${PATH}/rejections`, {
    config: { scope: 'read' },
    schema: {
      ...{ summary: 'Counters and samples of input that was not appraised', tags: ['records'], params: PlaceParams },
      querystring: z.strictObject({ since: z.coerce.number().int().min(0).default(0), limit: Limit }),
    },
    handler: async ({ params, query }) => {
      const { iss } = issuerOf(service, params);
      const [counts, samples] = await Promise.all([
        service.store.rejectionCounts(iss, query.since),
        service.store.rejectionSamples(iss, query.limit),
      ]);
      return { counts, samples };
    },
  });

  app.get(`${PATH}/audit`, {
    config: { scope: 'read' },
    schema: {
      ...{ summary: 'Admin acts, oldest first, in their hash chain', tags: ['records'], params: PlaceParams },
      querystring: z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: Limit }),
    },
    handler: async ({ params, query }) => service.store.audit(issuerOf(service, params).iss, query.after, query.limit),
  });

  app.get(`${PATH}/audit/verification`, {
    config: { scope: 'read' },
    schema: { summary: 'Checks the whole hash chain', tags: ['records'], params: PlaceParams },
    handler: async ({ params }) => verifyAudit(service.store, issuerOf(service, params).iss),
  });

  app.get(`${PATH}/trust`, {
    config: { scope: 'read' },
    schema: { summary: 'Whom this server believes, and how fresh that is', tags: ['records'], params: PlaceParams },
    handler: async ({ params }) => {
      issuerOf(service, params);
      const { version, expiresAt, advisories = [] } = service.trust.advisories() ?? {};
      const inForce = version === undefined ? null : { version, expiresAt, advisories };
      return { ...service.trust.state(), advisories: inForce };
    },
  });

  app.get(`${PATH}/keys`, {
    config: { scope: 'read' },
    schema: { summary: 'Published token keys and their states', tags: ['keys'], params: PlaceParams },
    handler: async ({ params }) => (await service.keys.of(issuerOf(service, params).iss)).published,
  });

  app.post(`${PATH}/keys/rotation`, {
    config: { scope: 'keys' },
    schema: { summary: 'Take every rotation step that is due', tags: ['keys'], params: PlaceParams },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      return { steps: await rotateKeys(service, actorOf(request), issuer.iss) };
    },
  });

  app.post(`${PATH}/keys/:kid/revocation`, {
    config: { scope: 'keys' },
    schema: {
      ...{ summary: 'Take a compromised token key out at once', tags: ['keys'] },
      params: z.strictObject({ ...Place, kid: z.string().max(64) }),
    },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      await asInput(() => revokeTokenKey(service, actorOf(request), issuer.iss, request.params.kid));
      return { kid: request.params.kid, state: 'gone' };
    },
  });

  app.post(`${PATH}/instances/:jkt/revocation`, {
    config: { scope: 'apps' },
    schema: {
      ...{ summary: 'Revoke an instance: no further token, at most one token life until it ends', tags: ['records'] },
      params: z.strictObject({ ...Place, jkt: z.string().length(43) }),
    },
    handler: async (request) => {
      const issuer = issuerOf(service, request.params);
      const { jkt } = request.params;
      const isRevoked = await revokeInstance(service, actorOf(request), issuer.iss, jkt);
      if (!isRevoked) throw fault('http.instance_unknown');
      return { jkt, status: 'revoked' };
    },
  });
}
