import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import type { Random } from '@assay/core';
import { type RootDocument, signRoot } from '@assay/pins';
import { generateSigningKey } from '@assay/tokens';
import { createTestRoots, createVirtualPhone, type Fault, type VirtualApp } from '@assay/virtual-devices';
import { loadConfig } from '../../src/config/load.ts';
import { createServer, type Server } from '../../src/server.ts';

const random: Random = (length) => new Uint8Array(randomBytes(length));
const roots = createTestRoots(random);

const APP_ID = 'com.example.bank';
const API = 'https://api.example.com';
const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: APP_ID,
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};

/** A whole server in a folder of its own, that believes virtual phones and knows one app. */
export interface LiveServer extends Server {
  readonly url: string;
  readonly operatorPort: number;
  /** Lets a phone enrol; `fault` is what is wrong with it. */
  enrol(fault?: Fault): Promise<void>;
}

export async function startServer(wanted?: { readonly operatorPort: number }): Promise<LiveServer> {
  const data = mkdtempSync(join(tmpdir(), 'assay-live-'));
  const [port, operatorPort] = [await freePort(), wanted?.operatorPort ?? (await freePort())];
  const server = await createServer(configOf(data, port, operatorPort), { clock: Date.now, talk: () => {} });
  await server.listen();
  const iss = `http://127.0.0.1:${port}/t/main/e/dev`;
  await register(server, iss);
  return {
    ...server,
    ...{ url: `http://127.0.0.1:${operatorPort}/live/`, operatorPort },
    enrol: (fault) => enrol(iss, fault),
    async stop() {
      const stopped = server.stop();
      server.operatorApp.server.closeAllConnections();
      await stopped;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function configOf(data: string, port: number, operatorPort: number) {
  const [testRoots, statusList] = [join(data, 'roots.pem'), join(data, 'status.json')];
  writeFileSync(testRoots, [...roots.anchors.apple, ...roots.anchors.android].map(({ pem }) => pem).join(''));
  writeFileSync(statusList, roots.statusList);
  const listeners = { listen: `127.0.0.1:${port}`, adminListen: `127.0.0.1:${operatorPort}` };
  const environments = [{ name: 'dev', kind: 'development' }];
  const members = { data, testRoots, statusList, environments, ...listeners, logLevel: 'silent' };
  return loadConfig({ ...members, origin: `http://127.0.0.1:${port}` }, {}, {});
}

function freePort(): Promise<number> {
  const socket = createSocket();
  return new Promise((resolve, reject) => {
    socket.listen(0, '127.0.0.1', () => {
      const address = socket.address();
      if (typeof address !== 'object' || address === null) return reject(new Error('no port'));
      socket.close(() => resolve(address.port));
    });
  });
}

async function register({ service }: Server, iss: string): Promise<void> {
  const signers = [{ sha256: APP.signer, label: 'signing key of the test' }];
  const app = { id: APP_ID, label: 'Bank', audiences: [API], android: { packages: [{ name: APP_ID, signers }] } };
  const put = (kind: 'app' | 'api', id: string, document: object) =>
    service.store.register(iss, kind, id, JSON.stringify(document), 0, Date.now());
  await put('api', API, { audience: API, label: 'API' });
  await put('app', APP_ID, app);
  service.registry.forget();
}

/** What the phone makes of the reply does not matter here, so its root document names a reply key of nobody. */
async function enrol(iss: string, fault: Fault | undefined): Promise<void> {
  const faults = fault === undefined ? [] : [fault];
  const phone = createVirtualPhone({ platform: 'android', roots, app: APP, random, clock: Date.now, faults });
  const client = createClient({
    ...{ iss, app: APP_ID, appVersion: '4.2.0', audiences: [API], adapter: phone, crypto: NODE_CRYPTO, random },
    ...{ clock: Date.now, storage: createMemoryStorage(), trustedRoot: await anyRoot(), fetch: phone.through(fetch) },
  });
  await client.token(API);
}

function anyRoot(): Promise<string> {
  const [root, pins, reply] = [generateSigningKey().key, generateSigningKey().key, generateSigningKey().key];
  const roleOf = ({ kid, publicJwk }: typeof root) => ({ keys: new Map([[kid, publicJwk]]), threshold: 1 });
  const iat = Math.floor(Date.now() / 1000);
  const document: RootDocument = {
    ...{ app: APP_ID, env: 'dev', v: 1, epoch: 1, iat, exp: iat + 86_400 },
    roles: { root: roleOf(root), pins: roleOf(pins), reply: roleOf(reply) },
  };
  return signRoot(document, [root]);
}
