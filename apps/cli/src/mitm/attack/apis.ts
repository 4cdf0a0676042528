import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Fetch } from '@assay/core';
import {
  type Attestation,
  createVerifier,
  fromNode,
  type VerificationEvent,
  type Verifier,
  type VerifierOptions,
} from '@assay/middleware';
import { BANK } from '../../up/demo-app.ts';
import type { LabClock } from './clock.ts';
import { ENVIRONMENTS, HOSTS, issuerOf, originOf, ROUTES } from './hosts.ts';

/** What APIs of the lab are behind, in the words of the middleware, and how a careless one would be. */
export interface ApiWeakness {
  /** Nothing is checked: every call is served. */
  readonly open?: true;
  /** Options that weaken the middleware, laid over those of the lab. */
  readonly options?: Partial<VerifierOptions>;
  /** The API goes by a header instead of the verified token. */
  readonly believesHeaders?: true;
}

export interface LabApis {
  readonly ports: ReadonlyMap<string, number>;
  revoke(tokenId: string): void;
  close(): Promise<void>;
}

export interface ApiWorld {
  readonly clock: LabClock;
  /** The way to the issuer's keys. */
  readonly fetch: Fetch;
  readonly onEvent: (event: VerificationEvent) => void;
  readonly weakness: ApiWeakness;
}

type Common = Pick<VerifierOptions, 'issuer' | 'audience' | 'publicOrigin' | 'shape'>;

/** APIs by host. That of production expects the same audience of another issuer. */
const APIS: ReadonlyMap<string, Common> = new Map(
  [
    [HOSTS.api, ENVIRONMENTS.app, HOSTS.api, 'access_token'] as const,
    [HOSTS.wallet, ENVIRONMENTS.app, HOSTS.wallet, 'attestation'] as const,
    [HOSTS.partner, ENVIRONMENTS.app, HOSTS.partner, 'access_token'] as const,
    [HOSTS.production, ENVIRONMENTS.other, HOSTS.api, 'access_token'] as const,
  ].map(([host, env, audience, shape]) => {
    const publicOrigin = originOf(host);
    return [host, { issuer: issuerOf(env), audience: originOf(audience), publicOrigin, shape }];
  }),
);

/** Starts every API of the lab on a port of its own. */
export async function startApis(world: ApiWorld): Promise<LabApis> {
  const revoked = new Set<string>();
  const isRevoked = ({ tokenId }: Attestation): boolean => revoked.has(tokenId);
  const servers = new Map<string, Server>();
  for (const [host, common] of APIS) servers.set(host, await startApi(common, isRevoked, world));
  const ports = new Map([...servers].map(([host, server]) => [host, portOf(server)]));
  return {
    ports,
    revoke: (tokenId) => void revoked.add(tokenId),
    close: async () => void (await Promise.all([...servers.values()].map(closed))),
  };
}

async function startApi(common: Common, isRevoked: (token: Attestation) => boolean, world: ApiWorld): Promise<Server> {
  const { clock, fetch, onEvent, weakness } = world;
  const strict = {
    ...common,
    apps: [BANK.id],
    acr: 'substantial',
    clock: clock.now,
    fetch,
    onEvent,
    isRevoked,
  } as const;
  const verifier = createVerifier({ ...strict, ...weakness.options });
  // Where money moves, the body is part of what is proven.
  const writes = verifier.forRoute({ body: weakness.options?.body ?? 'proven' });
  const server = createServer((request, response) => {
    const check = request.method === 'POST' ? writes : verifier;
    answer(check, weakness, request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function answer(
  verifier: Verifier,
  { open, believesHeaders }: ApiWeakness,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '';
  const body = await readAll(request);
  const result = open === true ? undefined : await verifier.verify(fromNode(request, target, target, async () => body));
  if (result?.outcome === 'refused') {
    response.writeHead(result.status, result.headers).end(JSON.stringify(result.problem));
    return;
  }
  const named = believesHeaders === true ? request.headers['x-assay-instance'] : undefined;
  const caller = named ?? (result?.outcome === 'admitted' ? result.attestation.instance : 'nobody');
  response.writeHead(200, { ...result?.headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(bodyOf(target, caller, body)));
}

function bodyOf(target: string, caller: unknown, body: Buffer): object {
  if (target === ROUTES.whoami) return { caller };
  if (body.length === 0) return { account: 'DE02 1203 0000 0000 2020 51', balance: '1 024.00 EUR' };
  return { done: body.toString() };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
