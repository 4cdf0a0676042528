import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Attestation } from './attestation.ts';
import type { Refused } from './decide.ts';
import { fromNode, type Incoming } from './incoming.ts';
import { type Beginning, readBeginning } from './octets.ts';
import type { RouteDemands, VerifierOptions } from './options.ts';
import { toVerifier, type Verifier } from './verifier.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is proven about the caller; null where the route or its stage let the request through without. */
    attestation: Attestation | null;
  }
  interface FastifyContextConfig {
    /** Demands of this route on top of those of the plugin, or `false` for a route that anybody may call. */
    attestation?: RouteDemands | false;
  }
}

/**
 * Plugin for Fastify 5: checks every request of the instance that it is registered on, those for unknown routes too, before its
 * body is read. Routes with `body: 'proven'` are checked when it is about to be parsed, after the hooks `onRequest`; hooks
 * `preParsing` that decode bodies belong behind. Faulty demands of a route throw when the route is added.
 *
 * @example
 * await app.register(attestation, { issuer, audience, apps, publicOrigin });
 * app.post('/pay', { config: { attestation: { acr: 'high', maxAge: 300 } } }, pay);
 * app.get('/status', { config: { attestation: false } }, status);
 *
 * @throws ConfigError as `createVerifier`
 */
export const attestation: FastifyPluginAsync<Verifier | VerifierOptions> = async (app, from) => {
  const verifierOf = createRouteVerifiers(toVerifier(from));
  app.decorateRequest('attestation', null);
  app.addHook('onRoute', ({ config }) => {
    verifierOf(config?.attestation);
  });
  const check = async (verifier: Verifier, incoming: Incoming, request: FastifyRequest, reply: FastifyReply) => {
    const result = await verifier.verify(incoming);
    if (result.outcome === 'refused') return send(reply, result);
    reply.headers(result.headers);
    if (result.outcome === 'admitted') request.attestation = result.attestation;
    return undefined;
  };
  app.addHook('onRequest', async (request, reply) => {
    const verifier = verifierOf(request.routeOptions.config?.attestation);
    if (verifier === undefined || verifier.readsBody) return undefined;
    return check(verifier, toIncoming(request), request, reply);
  });
  app.addHook('preParsing', async (request, reply, payload) => {
    const verifier = verifierOf(request.routeOptions.config?.attestation);
    if (verifier?.readsBody !== true) return payload;
    const { body, again } = readAhead(payload);
    return (await check(verifier, { ...toIncoming(request), body }, request, reply)) ?? again();
  });
};

/** The octets of a body, and the same body anew for whoever parses it. */
function readAhead(payload: AsyncIterable<Uint8Array>): Required<Pick<Incoming, 'body'>> & { again(): Readable } {
  const pieces = payload[Symbol.asyncIterator]();
  let read: Beginning = { octets: new Uint8Array(), isWhole: false };
  async function* everything(): AsyncGenerator<Uint8Array> {
    if (read.octets.length > 0) yield read.octets;
    if (!read.isWhole) yield* { [Symbol.asyncIterator]: () => pieces };
  }
  return {
    async body(limit) {
      read = await readBeginning(pieces, limit);
      return read.octets;
    },
    again: () => Readable.from(everything(), { objectMode: false }),
  };
}

/** What fastify-plugin does: hooks and decorators belong to the instance that registers, not to a scope of the plugin's own. */
Object.assign(attestation, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: '@assay/middleware',
  [Symbol.for('plugin-meta')]: { name: '@assay/middleware', fastify: '5.x' },
});

/** The check of each route, made once; undefined for routes without. */
function createRouteVerifiers(verifier: Verifier): (demands: RouteDemands | false | undefined) => Verifier | undefined {
  const known = new WeakMap<RouteDemands, Verifier>();
  return (demands) => {
    if (demands === false) return undefined;
    if (demands === undefined) return verifier;
    const forRoute = known.get(demands) ?? verifier.forRoute(demands);
    known.set(demands, forRoute);
    return forRoute;
  };
}

/** `rewriteUrl` changes what routing goes by and keeps what was asked for as the original. */
function toIncoming({ raw, originalUrl }: FastifyRequest): Incoming {
  return fromNode(raw, originalUrl, raw.url ?? '');
}

function send(reply: FastifyReply, { status, headers, problem }: Refused): FastifyReply {
  // As bytes: to a text Fastify would add a charset, which the media type has none for (RFC 9457 8.1).
  return reply
    .code(status)
    .headers(headers)
    .send(Buffer.from(JSON.stringify(problem)));
}
