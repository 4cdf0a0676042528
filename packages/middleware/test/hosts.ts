import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { attestation as forExpress } from '../src/express.ts';
import { attestation as forFastify } from '../src/fastify.ts';
import { type AttestationVariables, attestation as forHono } from '../src/hono.ts';
import { pathOf } from '../src/incoming.ts';
import { createVerifier, type VerifierOptions } from '../src/index.ts';
import type { HeaderList } from './kit.ts';

/** What the handler saw: the caller, and which route the framework chose for which path. */
export interface Seen {
  readonly app: string | null;
  readonly path: string;
  readonly route: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running API behind one of the adapters. */
export interface Running {
  send(method: string, path: string, headers: HeaderList): Promise<Answered>;
  /** Requests that reached a handler. */
  readonly seen: Seen[];
  close(): Promise<void>;
}

export interface Host {
  readonly name: string;
  /**
   * Whether the check sees the request as it was sent. A server of Fetch API requests may keep one of several headers
   * `Authorization`, and resolves dot segments and absolute targets before anybody can look.
   */
  readonly showsTarget: boolean;
  start(options: VerifierOptions): Promise<Running>;
}

/**
 * Every host has the same routes: `/pay`, `/users/me`, `/users/:id`, and `/strict`, which demands assurance high on top of the
 * check of the whole API.
 */
const expressHost: Host = {
  name: 'express',
  showsTarget: true,
  start: (options) => {
    const seen: Seen[] = [];
    const verifier = createVerifier(options);
    const app = express();
    const handle =
      (route: string): express.RequestHandler =>
      (request, response) => {
        seen.push({ app: request.attestation?.app ?? null, path: request.originalUrl, route });
        response.json({ route, path: pathOf(request.originalUrl) });
      };
    app.use(forExpress(verifier));
    app.all('/pay', handle('/pay'));
    app.all('/users/me', handle('/users/me'));
    app.all('/users/:id', handle('/users/:id'));
    app.all('/strict', forExpress(verifier.forRoute({ acr: 'high' })), handle('/strict'));
    app.use(handle('*'));
    return listen(createServer(app), seen);
  },
};

const fastifyHost: Host = {
  name: 'fastify',
  showsTarget: true,
  start: async (options) => {
    const seen: Seen[] = [];
    const app = fastify();
    await app.register(forFastify, options);
    const strict = { config: { attestation: { acr: 'high' } } } as const;
    for (const [route, extra] of [['/pay'], ['/users/me'], ['/users/:id'], ['/strict', strict], ['*']] as const) {
      app.all(route, extra ?? {}, (request, reply) => {
        seen.push({ app: request.attestation?.app ?? null, path: request.raw.url ?? '', route });
        return reply.send({ route, path: pathOf(request.raw.url ?? '') });
      });
    }
    await app.listen({ port: 0, host: '127.0.0.1' });
    return running(app.server, seen);
  },
};

const honoHost: Host = {
  name: 'hono',
  showsTarget: true,
  start: (options) => {
    const seen: Seen[] = [];
    const verifier = createVerifier(options);
    const app = new Hono<{ Variables: AttestationVariables }>();
    app.use(forHono(verifier));
    app.use('/strict', forHono(verifier.forRoute({ acr: 'high' })));
    for (const route of ['/pay', '/users/me', '/users/:id', '/strict', '*']) {
      app.all(route, (c) => {
        seen.push({ app: c.get('attestation')?.app ?? null, path: new URL(c.req.url).pathname, route });
        return c.json({ route, path: new URL(c.req.url).pathname });
      });
    }
    return serveFetch(app.fetch, seen);
  },
};

/** No framework: a server of Fetch API requests. */
const bareHost: Host = {
  name: 'verifyRequest',
  showsTarget: false,
  start: (options) => {
    const seen: Seen[] = [];
    const verifier = createVerifier(options);
    const strict = verifier.forRoute({ acr: 'high' });
    const fetch = async (request: Request): Promise<Response> => {
      const { pathname } = new URL(request.url);
      const result = await (pathname === '/strict' ? strict : verifier).verifyRequest(request);
      if (result.outcome === 'refused') {
        return new Response(JSON.stringify(result.problem), { status: result.status, headers: result.headers });
      }
      const app = result.outcome === 'admitted' ? result.attestation.app : null;
      seen.push({ app, path: pathname, route: pathname });
      return Response.json({ route: pathname, path: pathname }, { headers: result.headers });
    };
    return serveFetch(fetch, seen);
  },
};

export const HOSTS: readonly Host[] = [expressHost, fastifyHost, honoHost, bareHost];

function serveFetch(fetch: Parameters<typeof serve>[0]['fetch'], seen: Seen[]): Promise<Running> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(running(server as Server, seen)));
  });
}

function listen(server: Server, seen: Seen[]): Promise<Running> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(running(server, seen)));
  });
}

/** Sends requests to a server that listens. */
export function running(server: Server, seen: Seen[]): Running {
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return {
    seen,
    send: (method, path, headers) => send(port, method, path, headers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends exactly this request target and these headers. */
function send(port: number, method: string, path: string, headers: HeaderList): Promise<Answered> {
  return new Promise((resolve) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      // A connection of its own: one request that is none must not close another's.
      agent: false,
      method,
      path,
      headers: ['Host', 'evil.test', ...headers.flat()],
    });
    // A server may close the connection on what is no request at all.
    request.on('error', () => resolve({ status: 0, headers: {}, body: '' }));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    request.end();
  });
}
