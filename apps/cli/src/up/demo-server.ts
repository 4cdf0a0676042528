import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64, utf8 } from '@assay/formats';
import { presetOf } from '@assay/policy';
import { createServer, loadConfig, type Server } from '@assay/server';
import { createTestRoots, type TestRoots } from '@assay/virtual-devices';
import { z } from 'zod';
import { type Admin, createAdmin, readCredential } from '../admin/client.ts';
import { APPS, SECRET, SHOP } from './demo-app.ts';
import { createDemoGrants, type DemoGrants } from './demo-grants.ts';
import { publishDemoPins } from './demo-pins.ts';
import { createDemoVendors, type DemoVendors, vendorNetwork, writeVendors } from './demo-vendors.ts';
import { servePinsPage } from './pins-page.ts';
import type { Ports } from './ports.ts';
import { random } from './random.ts';
import { documentOf } from './registration.ts';
import { SHOP_POLICY } from './shop-policy.ts';

export const TENANT = 'demo';
export const ENVIRONMENT = 'dev';
/** The file in the data folder to which the server writes the first operator's credential. */
export const OPERATOR_TOKEN = 'operator-token';

/** A server that believes test roots and vendors of its own, with two apps, one API, a secret and signed pins for each. */
export interface DemoServer {
  readonly server: Server;
  readonly iss: string;
  readonly roots: TestRoots;
  /** What `evidence verify` needs to judge the phones' evidence. */
  readonly trustFiles: { readonly testRoots: string; readonly statusList: string };
  readonly vendors: DemoVendors;
  readonly grants: DemoGrants;
  readonly apiOrigin: string;
  readonly operatorUrl: string;
  /** The signed root document of each app, as it is compiled into it. */
  readonly trustedRoots: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** Requests under way may finish for so long when somebody waits for a prompt. */
const GRACE_MS = 300;

/** Starts the server in `data`, an empty folder, and registers what the demo needs, as an operator would. */
export async function startDemoServer(data: string, ports: Ports): Promise<DemoServer> {
  const roots = createTestRoots(random);
  const vendors = createDemoVendors();
  const { testRoots, statusList } = writeTrust(data, roots);
  const vendorsFile = writeVendors(data, roots);
  writePolicies(data);
  const origin = loopback(ports.public);
  const listeners = { listen: `127.0.0.1:${ports.public}`, adminListen: `127.0.0.1:${ports.operator}` };
  const environments = [{ tenant: TENANT, name: ENVIRONMENT, kind: 'development' }];
  const config = loadConfig(
    { origin, data, ...listeners, environments, testRoots, statusList, vendorsFile, logLevel: 'error' },
    {},
    {},
  );
  const server = await createServer(config, { clock: Date.now, talk: () => {}, fetch: vendorNetwork(vendors) });
  servePinsPage(server.operatorApp);
  try {
    const addresses = { apiOrigin: loopback(ports.api), operatorUrl: loopback(ports.operator) };
    const admin = await open(server, data, addresses);
    const trustedRoots = await prepare(admin, addresses.apiOrigin);
    const iss = `${origin}/t/${TENANT}/e/${ENVIRONMENT}`;
    const stop = () => stopServer(server);
    const made = { trustFiles: { testRoots, statusList }, vendors, grants: createDemoGrants(admin), trustedRoots };
    return { server, iss, roots, ...made, ...addresses, stop };
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

/** Listens, and takes the operator's credential. */
async function open(server: Server, data: string, { operatorUrl }: Pick<DemoServer, 'operatorUrl'>): Promise<Admin> {
  await server.listen();
  const token = readCredential(OPERATOR_TOKEN, data);
  return createAdmin(new URL(operatorUrl), { tenant: TENANT, env: ENVIRONMENT }, token, new AbortController().signal);
}

/** What an operator would fetch from the vendors: here the roots and the status list of the virtual phones. */
export function writeTrust(data: string, { anchors, statusList }: TestRoots): DemoServer['trustFiles'] {
  const files = { testRoots: join(data, 'test-roots.pem'), statusList: join(data, 'status-list.json') };
  const all = [...anchors.apple, ...anchors.android, ...anchors.huawei];
  writeFileSync(files.testRoots, all.map(({ pem }) => pem).join(''));
  writeFileSync(files.statusList, statusList);
  return files;
}

/** Files of policies to play with: the shop's, and the one to rehearse. */
export const policyFile = (data: string, name: string): string => join(data, 'policies', `${name}.yaml`);

/** The preset that the reader is to rehearse. */
export const REHEARSED = 'banking';

function writePolicies(data: string): void {
  mkdirSync(join(data, 'policies'), { recursive: true });
  writeFileSync(policyFile(data, SHOP.policy), SHOP_POLICY);
  writeFileSync(policyFile(data, REHEARSED), presetOf(REHEARSED)?.source ?? '');
}

const Registered = z.looseObject({ version: z.int() });

/** Registers the policy, the API and the apps, and publishes their pins. Returns the root document of each app. */
async function prepare(admin: Admin, apiOrigin: string): Promise<ReadonlyMap<string, string>> {
  await admin.put(`policies/${SHOP.policy}`, { source: SHOP_POLICY }, Registered);
  const api = { audience: apiOrigin, label: 'Demo API' };
  await admin.put(`apis/${encodeURIComponent(apiOrigin)}`, api, Registered);
  const value = toBase64(utf8('a demo key, not a real one'));
  const roots = new Map<string, string>();
  for (const app of APPS) {
    await admin.put(`apps/${app.id}`, documentOf(app, apiOrigin), Registered);
    await admin.put(`apps/${app.id}/secrets/${SECRET}`, { value }, Registered);
    roots.set(app.id, await publishDemoPins(admin, app, ENVIRONMENT, Date.now()));
  }
  return roots;
}
