import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { Fetch } from '@assay/core';

/** The way out of a phone whose pinning is switched off. */
export interface BypassedNetwork {
  /** The proxy on loopback that everything goes through. */
  readonly port: number;
  /** PEM of the authority that the phone was made to trust. */
  readonly authority: string;
}

const TIMEOUT_MS = 10_000;

/** Speaks TLS through the proxy and believes its certificates, as a hooked app does. */
export function createBypassedFetch(network: BypassedNetwork): Fetch {
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = ({ host }, done) => {
    openThrough(network, host ?? '').then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error, new Duplex()),
    );
    return undefined;
  };
  return async (request) => {
    const body = Buffer.from(await request.arrayBuffer());
    const response = await exchange(agent, request, body);
    const isRedirection = response.status >= 300 && response.status < 400;
    if (!isRedirection || request.redirect === 'manual') return response;
    if (request.redirect === 'error') throw new TypeError('redirected');
    return exchange(agent, redirected(request, response), body);
  };
}

/** Where a client that follows would go, once, with everything it carries: it says of itself that it follows none. */
function redirected({ url, method, headers }: Request, response: Response): Request {
  return new Request(new URL(response.headers.get('location') ?? '', url), { method, headers });
}

async function openThrough({ port, authority }: BypassedNetwork, host: string): Promise<Duplex> {
  const tunnel = await new Promise<Duplex>((resolve, reject) => {
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

function exchange(agent: Agent, { method, url, headers }: Request, body: Buffer): Promise<Response> {
  const { host, hostname, pathname, search } = new URL(url);
  const own = { ...Object.fromEntries(headers), host, 'content-length': `${body.length}` };
  const options = { agent, method, host: hostname, port: 443, path: pathname + search, headers: own };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ ...options, timeout: TIMEOUT_MS }, (response) => {
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
