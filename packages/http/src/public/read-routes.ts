import { type Issuer, makeChallenge, publishedPins, type Service } from '@assay/service';
import {
  createMetadata,
  ISSUER_PATHS,
  JWKS_CACHE_CONTROL,
  JWKS_MEDIA_TYPE,
  METADATA_PREFIX,
  toJwksDocument,
} from '@assay/tokens';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ChallengeRequest, ChallengeResponse, Pins, problems } from './schemas.ts';

/** Challenge, key set, pins: routes below one issuer that change nothing. */
export function registerReadRoutes(instance: FastifyInstance, service: Service, issuer: Issuer): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post(ISSUER_PATHS.challenge, {
    schema: {
      ...{ summary: 'Get a challenge', tags: ['attestation'], body: ChallengeRequest },
      response: { 200: ChallengeResponse, ...problems(400, 429, 500, 503) },
    },
    config: { cost: 'challenge' },
    handler: async (request, reply) => {
      request.asked = request.body;
      const challenge = await makeChallenge(service, issuer, request.body);
      reply.header('cache-control', 'no-store');
      return challenge;
    },
  });

  app.get(ISSUER_PATHS.jwks, {
    schema: {
      ...{ summary: 'Keys that verify tokens (RFC 7517)', tags: ['discovery'] },
      response: {
        200: { description: 'JWKS', content: { [JWKS_MEDIA_TYPE]: { schema: z.unknown() } } },
        304: z.null().describe('Unchanged'),
        ...problems(429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { published } = await service.keys.of(issuer.iss);
      const { body, etag } = toJwksDocument(published);
      reply.header('cache-control', JWKS_CACHE_CONTROL).header('etag', etag).type(JWKS_MEDIA_TYPE);
      return request.headers['if-none-match'] === etag ? reply.code(304).send(null) : reply.send(body);
    },
  });

  app.get('/v1/pins/:app', {
    schema: {
      ...{ summary: 'Signed root documents and pin set of an app', tags: ['pins'] },
      params: z.strictObject({ app: z.string().min(1).max(155) }),
      response: { 200: Pins, ...problems(400, 429, 500, 503) },
    },
    handler: async ({ params }, reply) => {
      const { roots, set } = await publishedPins(service, issuer.iss, params.app);
      reply.header('cache-control', 'public, max-age=300');
      return { roots: [...roots], set };
    },
  });
}

/** RFC 8414: the well-known part comes before the issuer's path. */
export function registerMetadata(app: FastifyInstance, issuer: Issuer): void {
  const { pathname } = new URL(issuer.iss);
  const metadata = createMetadata(issuer.iss);
  app.get(`${METADATA_PREFIX}${pathname}`, {
    schema: {
      ...{ summary: 'Metadata of the issuer (RFC 8414)', tags: ['discovery'] },
      response: { 200: z.record(z.string(), z.unknown()), ...problems(429) },
    },
    handler: async (_, reply) => reply.header('cache-control', 'public, max-age=300').send(metadata),
  });
}
