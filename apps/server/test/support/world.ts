/** Whole servers over either engine, and test phones that speak to them over real HTTP. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Instance, type PreparedRequest, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { parseBase64url, utf8 } from '@assay/formats';
import { type Config, type ConfigInput, createServer, loadConfig, type Server, type World } from '@assay/server';
import { createCredential, SCOPES } from '@assay/service';
import { createRequestJws, type Reply, type Statement } from '@assay/tokens';
import {
  createSeededRandom,
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type VirtualApp,
} from '@assay/virtual-devices';
import postgres from 'postgres';
import { testPostgres } from '../../../../tools/postgres/testing.ts';

export const API = 'https://api.example.com';
export const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};
export const OTHER_APP: VirtualApp = { ...APP, appleId: 'TEST123456.com.example.shop', package: 'com.example.shop' };
const random = createSeededRandom(utf8('server tests'));
export const roots = createTestRoots(random);

/** A folder and a database, where one or more servers run. */
export interface Site {
  start(config?: Partial<ConfigInput>, hands?: Partial<World>): Promise<RunningServer>;
  /** The settings that `start` gives a server, for acts beside it. */
  settings(config?: Partial<ConfigInput>): Config;
  /** Copies the database while no server runs; the copy is put back by the function that comes back. */
  backUp(): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export interface RunningServer {
  readonly server: Server;
  readonly url: string;
  readonly operatorUrl: string;
  /** Path of an issuer, `/t/{tenant}/e/{env}`. */
  readonly base: string;
  readonly iss: string;
}

export interface Engine {
  readonly name: string;
  readonly skip: string | false;
  createSite(): Promise<Site>;
}

const connection = testPostgres();
let sites = 0;

export const ENGINES: readonly Engine[] = [
  { name: 'SQLite', skip: false, createSite: async () => siteIn({}, copyFiles, async () => {}) },
  {
    name: 'PostgreSQL',
    skip: connection === undefined ? 'no PostgreSQL: run by `npm test`' : false,
    createSite: async () => {
      if (connection === undefined) throw new Error('skipped engines make no site');
      const { template, ...at } = connection;
      sites += 1;
      const database = `server_${process.pid}_${sites}`;
      const admin = postgres({ ...at, database: 'postgres', max: 1, onnotice: () => {} });
      await admin.unsafe(`create database ${database} template ${template}`);
      const databaseUrl = `postgres://${at.user}@${encodeURIComponent(at.host)}:${at.port}/${database}`;
      const backUp = async () => {
        await admin.unsafe(`create database ${database}_backup template ${database}`);
        return async () => {
          await admin.unsafe(`drop database ${database}`);
          await admin.unsafe(`alter database ${database}_backup rename to ${database}`);
        };
      };
      return siteIn({ databaseUrl }, backUp, async () => {
        await admin.unsafe(`drop database ${database} with (force)`);
        await admin.end();
      });
    },
  },
];

/** The database's files, byte for byte. */
async function copyFiles(data: string): Promise<() => Promise<void>> {
  const path = join(data, 'assay.db');
  assert.ok(!existsSync(`${path}-wal`), 'a database that is closed is one file');
  copyFileSync(path, join(data, 'backup.db'));
  return async () => copyFileSync(join(data, 'backup.db'), path);
}

async function siteIn(
  own: Partial<ConfigInput>,
  backUp: (data: string) => Promise<() => Promise<void>>,
  drop: () => Promise<void>,
): Promise<Site> {
  const data = mkdtempSync(join(tmpdir(), 'assay-server-'));
  const testRoots = join(data, 'roots.pem');
  writeFileSync(testRoots, [...roots.anchors.apple, ...roots.anchors.android].map(({ pem }) => pem).join(''));
  const running: Server[] = [];
  const settings: Site['settings'] = (config = {}) => {
    const flags = {
      ...{ origin: 'https://attest.example.com', listen: '127.0.0.1:0', adminListen: '127.0.0.1:0', data, testRoots },
      ...{ environments: [{ tenant: 'acme', name: 'dev', kind: 'development' }], logLevel: 'silent' },
      trustedProxies: ['127.0.0.1'],
      ...own,
      ...config,
    };
    return loadConfig(flags, {}, {});
  };
  return {
    settings,
    backUp: () => backUp(data),
    async start(config, hands = {}) {
      const server = await createServer(settings(config), {
        clock: Date.now,
        talk: () => {},
        sharesDataFolder: true,
        ...hands,
      });
      running.push(server);
      const { publicUrl, operatorUrl } = await server.listen();
      const [iss = ''] = server.service.issuers.keys();
      return { server, url: publicUrl, operatorUrl, iss, base: new URL(iss).pathname };
    },
    async remove() {
      await Promise.allSettled(running.map((server) => server.stop())); // one test takes the store away itself
      await drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Registers apps and the API over the operator listener of every issuer. */
export async function register(
  { server, operatorUrl }: RunningServer,
  apps: readonly VirtualApp[] = [APP],
): Promise<void> {
  const { store, random: chance, clock } = server.service;
  const made = await createCredential(store, chance, clock, `test-${clock()}-${chance(4).join('')}`, SCOPES, null);
  const put = async (url: string, document: object) => {
    const headers = {
      authorization: `Bearer ${made === 'exists' ? '' : made.token}`,
      'content-type': 'application/json',
    };
    const response = await fetch(`${operatorUrl}${url}`, { method: 'PUT', headers, body: JSON.stringify(document) });
    if (!response.ok) throw new Error(await response.text());
  };
  for (const iss of server.service.issuers.keys()) {
    const admin = `/admin/v1${new URL(iss).pathname}`;
    await put(`${admin}/apis/${encodeURIComponent(API)}`, { audience: API, label: 'API' });
    for (const app of apps) {
      await put(`${admin}/apps/${app.package}`, {
        ...{ id: app.package, label: 'App', audiences: [API], apple: { appIds: [app.appleId] } },
        android: { packages: [{ name: app.package, signers: [{ sha256: app.signer, label: 'test' }] }] },
      });
    }
  }
}

export type Platform = 'ios' | 'android';

/** What came back, and what it says. */
export interface Came {
  readonly status: number;
  /** Code of a problem; undefined for a signed reply. */
  readonly code: string | undefined;
  readonly reply: Reply | undefined;
  readonly support: string | undefined;
}

let networks = 0;

/** Each request comes from a network of its own: budgets have tests of their own. */
function headersOf(): Record<string, string> {
  networks += 1;
  return { 'content-type': 'application/json', 'x-forwarded-for': `10.${(networks >> 8) & 255}.${networks & 255}.1` };
}

/** The budgets of the app and of everybody hold for tests too, which a fast machine uses up: who is told to wait does. */
async function sendPatiently(url: string, body: string): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, { method: 'POST', headers: headersOf(), body });
    if (response.status !== 429 || tries === MAX_TRIES) return response;
    await response.body?.cancel();
    await pause(WAIT_MS);
  }
}

const MAX_TRIES = 50;
const WAIT_MS = 100;

export async function post({ url }: Pick<RunningServer, 'url'>, path: string, body: string): Promise<Came> {
  const response = await sendPatiently(`${url}${path}`, body);
  const text = await response.text();
  if (response.headers.get('content-type')?.includes('json')) {
    const { code, support } = JSON.parse(text);
    return { status: response.status, code, support, reply: undefined };
  }
  const reply: Reply = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
  return { status: response.status, code: undefined, reply, support: reply.support };
}

export async function challengeOf(at: RunningServer, base: string, wish: object): Promise<string> {
  const headers = headersOf();
  const response = await fetch(`${at.url}${base}/v1/challenge`, {
    method: 'POST',
    headers,
    body: JSON.stringify(wish),
  });
  const { attestation_challenge } = (await response.json()) as { attestation_challenge: string };
  return attestation_challenge;
}

export interface Wish {
  readonly iss?: string;
  /** App that the statement names; the phone's own by default. */
  readonly app?: string;
  readonly challenge?: string;
}

export interface Phone {
  instance: Instance | undefined;
  prepare(purpose: Purpose, wish?: Wish): Promise<PreparedRequest>;
  send(prepared: PreparedRequest, to?: RunningServer): Promise<Came>;
  ask(purpose: Purpose): Promise<Came>;
}

export function createPhone(
  at: RunningServer,
  platform: Platform,
  { faults = [], app = APP }: { readonly faults?: readonly Fault[]; readonly app?: VirtualApp } = {},
): Phone {
  const device = createVirtualPhone({ platform, roots, app, random, clock: Date.now, faults });
  const self: Phone = {
    instance: undefined,
    async prepare(purpose, { iss = at.iss, app: name = app.package, challenge } = {}) {
      const wish = { app: name, ...(purpose === 'refresh' ? { jkt: self.instance?.jkt } : {}) };
      const base = new URL(iss).pathname;
      const speaker = {
        ...{ iss, app: name, version: '4.2.0', build: '4201', os: device.os },
        ...{ audiences: [API], secrets: [] },
      };
      const plan = { purpose, challenge: challenge ?? (await challengeOf(at, base, wish)), instance: self.instance };
      const prepared = await prepareRequest(plan, { speaker, adapter: device, crypto: NODE_CRYPTO, random });
      return { ...prepared, path: `${base}${prepared.path}` };
    },
    send: (prepared, to = at) => post(to, prepared.path, prepared.body),
    async ask(purpose) {
      const prepared = await self.prepare(purpose);
      const came = await self.send(prepared);
      if (came.status === 200) self.instance = prepared.instance;
      return came;
    },
  };
  return self;
}

export function statementOf({ body }: PreparedRequest): Statement {
  return JSON.parse(Buffer.from(parseBase64url(JSON.parse(body).request.split('.')[1])).toString());
}

/** The same request with another statement, signed again by the phone's own key: its owner can do that. */
export async function restated(
  prepared: PreparedRequest,
  change: object,
  by = prepared.instance.key,
): Promise<PreparedRequest> {
  const bytes = utf8(JSON.stringify({ ...statementOf(prepared), ...change }));
  const request = await createRequestJws(bytes, by.jwk, by.sign);
  return { ...prepared, body: JSON.stringify({ ...JSON.parse(prepared.body), request }) };
}

export const appraisalsOf = ({ server, iss }: RunningServer, of = iss) =>
  server.service.store.appraisals(of, { limit: 500 });
