import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import { attestation as forExpress } from '../src/express.ts';
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
  /** Whether the server shows every one of several headers `Authorization`. */
  readonly showsRepeatedAuthorization: boolean;
  start(options: VerifierOptions): Promise<Running>;
}

/**
 * Every host has the same routes: `/pay`, `/users/me`, `/users/:id`, and `/strict`, which demands assurance high on top of the
 * check of the whole API.
 */
const expressHost: Host = {
  name: 'express',
  showsRepeatedAuthorization: true,
  start: (options) => {
    const seen: Seen[] = [];
    const verifier = createVerifier(options);
    const app = express();
    const handle =
      (route: string): express.RequestHandler =>
      (request, response) => {
        seen.push({ app: request.attestation?.app ?? null, path: request.originalUrl, route });
        response.json({ route });
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

/** No framework: a server of Fetch API requests. */
const bareHost: Host = {
  name: 'verifyRequest',
  showsRepeatedAuthorization: false,
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
      return Response.json({ route: pathname }, { headers: result.headers });
    };
    return new Promise((resolve) => {
      const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(running(server as Server, seen)));
    });
  },
};

export const HOSTS: readonly Host[] = [expressHost, bareHost];

function listen(server: Server, seen: Seen[]): Promise<Running> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(running(server, seen)));
  });
}

function running(server: Server, seen: Seen[]): Running {
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
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: ['Host', 'evil.test', ...headers.flat()],
    });
    request.on('error', reject);
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
