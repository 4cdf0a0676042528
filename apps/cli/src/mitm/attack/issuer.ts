import { join } from 'node:path';
import { toBase64, utf8 } from '@assay/formats';
import { createServer, loadConfig, type Server } from '@assay/server';
import { generateSigningKey, type SigningKey } from '@assay/tokens';
import { createTestRoots, type TestRoots } from '@assay/virtual-devices';
import { z } from 'zod';
import { type Admin, createAdmin, readCredential } from '../../admin/client.ts';
import { APPS, BANK, type DemoApp } from '../../up/demo-app.ts';
import { OPERATOR_TOKEN, writeTrust } from '../../up/demo-server.ts';
import { createDemoVendors, vendorNetwork, writeVendors } from '../../up/demo-vendors.ts';
import { random } from '../../up/random.ts';
import { documentOf } from '../../up/registration.ts';
import { SHOP_POLICY } from '../../up/shop-policy.ts';
import type { LabClock } from './clock.ts';
import { ENVIRONMENTS, HOSTS, originOf, TENANT } from './hosts.ts';
import { type LabPins, publishLabPins } from './pins.ts';

/** Two secrets, so that their boxes can be swapped. */
export const SECRETS = ['maps', 'payments'] as const;

/** The server that issues tokens, with everything registered that the attacks need. */
export interface LabIssuer {
  readonly server: Server;
  readonly port: number;
  readonly roots: TestRoots;
  readonly pins: ReadonlyMap<string, LabPins>;
  /** A reply key that apps trust and the attacker holds. */
  readonly leaked: SigningKey;
  stop(): Promise<void>;
}

const Registered = z.looseObject({ version: z.int() });
const ANY_PORT = '127.0.0.1:0';

/** Starts the server in `data`, an empty folder. It listens on loopback; apps know it by the name that the proxy forges. */
export async function startLabIssuer(data: string, clock: LabClock): Promise<LabIssuer> {
  const roots = createTestRoots(random);
  const vendors = createDemoVendors();
  const config = loadConfig(
    {
      ...{ origin: originOf(HOSTS.issuer), data, listen: ANY_PORT, adminListen: ANY_PORT, logLevel: 'silent' },
      ...{ ...writeTrust(data, roots), vendorsFile: writeVendors(data, roots) },
      environments: Object.values(ENVIRONMENTS).map((name) => ({ tenant: TENANT, name, kind: 'development' })),
      // What forwards is this machine: each phone of the lab has an address of its own.
      trustedProxies: ['127.0.0.1'],
    },
    {},
    {},
  );
  const server = await createServer(config, { clock: clock.now, talk: () => {}, fetch: vendorNetwork(vendors) });
  const stop = () => stopAtOnce(server);
  try {
    const { publicUrl, operatorUrl } = await server.listen();
    const token = readCredential(join(data, OPERATOR_TOKEN), data);
    const at = (env: string) =>
      createAdmin(new URL(operatorUrl), { tenant: TENANT, env }, token, new AbortController().signal);
    const leaked = generateSigningKey().key;
    const pins = await prepare(at(ENVIRONMENTS.app), leaked, clock.now());
    await registerElsewhere(at(ENVIRONMENTS.other));
    return { server, port: Number(new URL(publicUrl).port), roots, pins, leaked, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nobody waits for answers any more. */
async function stopAtOnce(server: Server): Promise<void> {
  for (const app of [server.publicApp, server.operatorApp]) app.server.closeAllConnections();
  await server.stop();
}

/** Registers what an operator would. */
async function prepare(admin: Admin, leaked: SigningKey, now: number): Promise<ReadonlyMap<string, LabPins>> {
  const audiences = [originOf(HOSTS.api), originOf(HOSTS.wallet)];
  await admin.put('policies/demo-shop', { source: SHOP_POLICY }, Registered);
  for (const [index, audience] of audiences.entries()) {
    const shape = index === 0 ? 'at+jwt' : 'attestation';
    await admin.put(`apis/${encodeURIComponent(audience)}`, { audience, label: audience, shape }, Registered);
  }
  const pins = new Map<string, LabPins>();
  for (const app of APPS) pins.set(app.id, await registerApp(admin, app, audiences, leaked, now));
  return pins;
}

async function registerApp(
  admin: Admin,
  app: DemoApp,
  audiences: readonly string[],
  leaked: SigningKey,
  now: number,
): Promise<LabPins> {
  const path = `apps/${app.id}`;
  await admin.put(path, { ...documentOf(app, ''), audiences }, Registered);
  for (const name of SECRETS) {
    await admin.put(`${path}/secrets/${name}`, { value: toBase64(utf8(`the ${name} key of the lab`)) }, Registered);
  }
  return publishLabPins(admin, app.id, leaked, now);
}

/** The bank's app is known to the other environment too: what is refused there is refused for what it is. */
async function registerElsewhere(admin: Admin): Promise<void> {
  const audience = originOf(HOSTS.api);
  await admin.put(`apis/${encodeURIComponent(audience)}`, { audience, label: audience }, Registered);
  await admin.put(`apps/${BANK.id}`, documentOf(BANK, audience), Registered);
}
