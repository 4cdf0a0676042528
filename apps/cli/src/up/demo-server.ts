import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@assay/core';
import { toBase64, utf8 } from '@assay/formats';
import { createServer, loadConfig, type Server } from '@assay/server';
import { createTestRoots, type TestRoots } from '@assay/virtual-devices';
import { z } from 'zod';
import { type Admin, createAdmin, readCredential } from '../admin/client.ts';
import { APP, APP_ID, SECRET } from './demo-app.ts';
import { publishDemoPins } from './demo-pins.ts';
import { servePinsPage } from './pins-page.ts';
import type { Ports } from './ports.ts';

export const random: Random = (length) => new Uint8Array(randomBytes(length));

export const TENANT = 'demo';
export const ENVIRONMENT = 'dev';
/** The file in the data folder to which the server writes the first operator's credential. */
export const OPERATOR_TOKEN = 'operator-token';

/** A server that believes test roots, with one app, one API, one secret and a signed pin set. */
export interface DemoServer {
  readonly server: Server;
  readonly iss: string;
  readonly roots: TestRoots;
  /** What `evidence verify` needs to judge the phones' evidence. */
  readonly trustFiles: { readonly testRoots: string; readonly statusList: string };
  readonly apiOrigin: string;
  readonly operatorUrl: string;
  /** The signed root document, as it is compiled into the app. */
  readonly trustedRoot: string;
  stop(): Promise<void>;
}

/** Requests under way may finish for so long when somebody waits for a prompt. */
const GRACE_MS = 300;

/** Starts the server in `data`, an empty folder, and registers what the demo needs, as an operator would. */
export async function startDemoServer(data: string, ports: Ports): Promise<DemoServer> {
  const roots = createTestRoots(random);
  const { testRoots, statusList } = writeTrust(data, roots);
  const origin = loopback(ports.public);
  const listeners = { listen: `127.0.0.1:${ports.public}`, adminListen: `127.0.0.1:${ports.operator}` };
  const environments = [{ tenant: TENANT, name: ENVIRONMENT, kind: 'development' }];
  const config = loadConfig(
    { origin, data, ...listeners, environments, testRoots, statusList, logLevel: 'error' },
    {},
    {},
  );
  const server = await createServer(config, { clock: Date.now, talk: () => {} });
  servePinsPage(server.operatorApp);
  try {
    const addresses = { apiOrigin: loopback(ports.api), operatorUrl: loopback(ports.operator) };
    const trustedRoot = await open(server, data, addresses);
    const iss = `${origin}/t/${TENANT}/e/${ENVIRONMENT}`;
    const stop = () => stopServer(server);
    return { server, iss, roots, trustFiles: { testRoots, statusList }, ...addresses, trustedRoot, stop };
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

/** A browser opens connections in advance; those never carry a request, and would hold a listener open for seconds. */
async function stopServer(server: Server): Promise<void> {
  const impatience = setTimeout(() => {
    for (const app of [server.publicApp, server.operatorApp]) app.server.closeAllConnections();
  }, GRACE_MS);
  try {
    await server.stop();
  } finally {
    clearTimeout(impatience);
  }
}

const loopback = (port: number): string => `http://127.0.0.1:${port}`;

/** Listens, registers, and returns the root document for the app. */
async function open(
  server: Server,
  data: string,
  { apiOrigin, operatorUrl }: Pick<DemoServer, 'apiOrigin' | 'operatorUrl'>,
): Promise<string> {
  await server.listen();
  const token = readCredential(OPERATOR_TOKEN, data);
  const issuer = { tenant: TENANT, env: ENVIRONMENT };
  const admin = createAdmin(new URL(operatorUrl), issuer, token, new AbortController().signal);
  await register(admin, apiOrigin);
  return publishDemoPins(admin, `apps/${APP_ID}`, ENVIRONMENT, Date.now());
}

/** What an operator would fetch from the vendors: here the roots and the status list of the virtual phones. */
function writeTrust(data: string, { anchors, statusList }: TestRoots): DemoServer['trustFiles'] {
  const files = { testRoots: join(data, 'test-roots.pem'), statusList: join(data, 'status-list.json') };
  writeFileSync(files.testRoots, [...anchors.apple, ...anchors.android].map(({ pem }) => pem).join(''));
  writeFileSync(files.statusList, statusList);
  return files;
}

const Registered = z.looseObject({ version: z.int() });

async function register(admin: Admin, apiOrigin: string): Promise<void> {
  const api = { audience: apiOrigin, label: 'Demo API', minimum: 'substantial' };
  await admin.put(`apis/${encodeURIComponent(apiOrigin)}`, api, Registered);
  const app = {
    ...{ id: APP_ID, label: 'Demo bank', audiences: [apiOrigin], policy: 'strict' },
    apple: { appIds: [APP.appleId] },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'demo signing key' }] }] },
  };
  await admin.put(`apps/${APP_ID}`, app, Registered);
  const value = toBase64(utf8('a demo key, not a real one'));
  await admin.put(`apps/${APP_ID}/secrets/${SECRET}`, { value }, Registered);
}
