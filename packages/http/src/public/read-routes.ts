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
import { ChallengeRequest, ChallengeResponse, Pins, Problem } from './schemas.ts';

/** Challenge, key set, pins: routes below one issuer that change nothing. */
export function registerReadRoutes(instance: FastifyInstance, service: Service, issuer: Issuer): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post(ISSUER_PATHS.challenge, {
    schema: {
      ...{ summary: 'Get a challenge', tags: ['attestation'], body: ChallengeRequest },
      response: { 200: ChallengeResponse, 400: Problem, 429: Problem },
    },
    bodyLimit: 1_024,
    handler: async ({ body }, reply) => {
      reply.header('cache-control', 'no-store');
      return makeChallenge(service, issuer, body);
    },
  });

  app.get(ISSUER_PATHS.jwks, {
    schema: { summary: 'Keys that verify tokens', tags: ['discovery'] },
    handler: async (request, reply) => {
      const { published } = await service.keys.of(issuer.iss);
      const { body, etag } = toJwksDocument(published);
      reply.header('cache-control', JWKS_CACHE_CONTROL).header('etag', etag).type(JWKS_MEDIA_TYPE);
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(body);
    },
  });

  app.get('/v1/pins/:app', {
    schema: {
      ...{ summary: 'Signed root documents and pin set of an app', tags: ['pins'] },
      params: z.strictObject({ app: z.string().min(1).max(155) }),
      response: { 200: Pins },
    },
    handler: async ({ params }, reply) => {
      reply.header('cache-control', 'public, max-age=300');
      const { roots, set } = await publishedPins(service, issuer.iss, params.app);
      return { roots: [...roots], set };
    },
  });
}

/** RFC 8414: the well-known part comes before the issuer's path. */
export function registerMetadata(app: FastifyInstance, issuer: Issuer): void {
  const { pathname } = new URL(issuer.iss);
  const metadata = createMetadata(issuer.iss);
  app.get(`${METADATA_PREFIX}${pathname}`, {
    schema: { summary: 'Metadata of the issuer (RFC 8414)', tags: ['discovery'] },
    handler: async (_, reply) => reply.header('cache-control', 'public, max-age=300').send(metadata),
  });
}
