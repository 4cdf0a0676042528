import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import type { Fetch } from '@assay/core';

/** The way out of a phone whose pinning is switched off. */
export interface BypassedNetwork {
  /** The proxy on loopback that everything goes through. */
  readonly port: number;
  /** PEM of the authority that the phone was made to trust. */
  readonly authority: string;
}

const TIMEOUT_MS = 10_000;

/** Speaks TLS through the proxy and believes its certificates, as a hooked app does. Every call has a connection of its own. */
export function createBypassedFetch(network: BypassedNetwork): Fetch {
  return async (request) => {
    const url = new URL(request.url);
    const socket = await openThrough(network, url.hostname);
    try {
      const body = Buffer.from(await request.arrayBuffer());
      const response = await exchange(socket, url, request, body);
      if (request.redirect === 'error' && response.status >= 300 && response.status < 400) {
        throw new TypeError('redirected');
      }
      return response;
    } finally {
      socket.destroy();
    }
  };
}

async function openThrough({ port, authority }: BypassedNetwork, host: string): Promise<TLSSocket> {
  const tunnel = await new Promise<import('node:net').Socket>((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: `${host}:443`, agent: false });
    asked.once('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`the proxy answered ${response.statusCode}`));
    });
    asked.once('error', reject);
    asked.end();
  });
  return new Promise((resolve, reject) => {
    const secure = connect({ socket: tunnel, servername: host, ca: authority, ALPNProtocols: ['http/1.1'] });
    secure.once('secureConnect', () => resolve(secure));
    secure.once('error', reject);
  });
}

function exchange(socket: TLSSocket, url: URL, { method, headers }: Request, body: Buffer): Promise<Response> {
  const own = { ...Object.fromEntries(headers), host: url.host, 'content-length': `${body.length}` };
  return new Promise((resolve, reject) => {
    const options = { method, path: url.pathname + url.search, headers: own, timeout: TIMEOUT_MS };
    const sent = httpRequest({ ...options, createConnection: () => socket }, (response) => {
      toResponse(response).then(resolve, reject);
    });
    sent.once('error', reject);
    sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.end(body);
  });
}

async function toResponse(incoming: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const status = incoming.statusCode ?? 0;
  const headers = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status, headers });
}
