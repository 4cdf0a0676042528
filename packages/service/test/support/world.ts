/** A service over a real SQLite store, and the phones that speak to it without HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Instance, type PreparedRequest, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { joinReasons, type Store } from '@assay/core';
import {
  ANDROID_KEY_REASONS,
  APPLE_REASONS,
  createChainMemory,
  parseStatusList,
  SHARED_REASONS,
} from '@assay/evidence';
import { utf8 } from '@assay/formats';
import { POLICY_REASONS } from '@assay/policy';
import { createKek, createKekRing, SECRETS_REASONS } from '@assay/secrets';
import {
  type Answer,
  type AttestPath,
  attest,
  createEventBus,
  createIssuer,
  createIssuers,
  createKeyKeeper,
  createPolicyKeeper,
  createRegistry,
  createRejections,
  type Issuer,
  makeChallenge,
  SERVICE_REASONS,
  type Service,
  type ServiceEvent,
} from '@assay/service';
import { openSqlite } from '@assay/store';
import { createEcKeys, parseRequest, type Reply, TOKENS_REASONS } from '@assay/tokens';
import {
  createSeededRandom,
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type TestRoots,
  type VirtualApp,
  type VirtualPhone,
} from '@assay/virtual-devices';
import { loadAnchor, X509_REASONS } from '@assay/x509';

export const START: number = Date.UTC(2026, 10, 21, 12);
export const API = 'https://api.example.com';
export const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};
export const random = createSeededRandom(utf8('service tests'));
export const roots: TestRoots = createTestRoots(random);
export const ISSUER: Issuer = createIssuer('https://attest.example.com', 'acme', 'dev', 'development');
export const OTHER: Issuer = createIssuer('https://attest.example.com', 'acme', 'test', 'development');

/** What the test moves. */
export interface Hands {
  now: number;
}

export interface TestWorld {
  readonly service: Service;
  readonly store: Store;
  readonly hands: Hands;
  readonly events: ServiceEvent[];
}

const TRUST: Service['trust'] = {
  apple: { attestation: roots.anchors.apple.map(loadAnchor), receipt: roots.anchors.apple.map(loadAnchor) },
  android: roots.anchors.android.map(loadAnchor),
  huawei: [],
  version: 'test',
  statusList: () => undefined,
  advisories: () => undefined,
  advisoriesAreMissing: () => false,
  state: () => ({ anchors: 'test', trustedRoots: [], newRoots: 'report', sources: [] }),
};

/** A store in a folder of its own, closed and removed after the file's tests. */
export async function openTestStore(): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'assay-service-'));
  const store = await openSqlite({ path: join(dir, 'assay.db') });
  after(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return store;
}

/** One process over a store. Several over one store are replicas: give them one `kek`. */
export function createTestService(
  store: Store,
  hands: Hands = { now: START },
  kek: Service['kek'] = createKekRing([createKek(random)], random),
): TestWorld {
  const clock = () => hands.now;
  const ports = { store, clock, random, kek };
  const events: ServiceEvent[] = [];
  const service: Service = {
    ...ports,
    trust: TRUST,
    vendors: { playKeys: () => undefined },
    formats: new Map(),
    elapsed: () => performance.now(),
    issuers: createIssuers([ISSUER, OTHER]),
    keys: createKeyKeeper(ports),
    instanceKeys: createEcKeys(),
    reasons: joinReasons([
      ...[X509_REASONS, SHARED_REASONS, APPLE_REASONS, ANDROID_KEY_REASONS, POLICY_REASONS],
      ...[TOKENS_REASONS, SECRETS_REASONS, SERVICE_REASONS],
    ]),
    registry: createRegistry(store, clock),
    policies: createPolicyKeeper(store, clock),
    rejections: createRejections(store),
    events: createEventBus(),
    memory: createChainMemory(100),
    inFlight: new Map(),
  };
  service.events.subscribe((event) => events.push(event));
  return { service, store, hands, events };
}

/** A service with one registered app and API under both issuers. */
export async function createTestWorld(app: object = {}): Promise<TestWorld> {
  const world = createTestService(await openTestStore());
  for (const { iss } of [ISSUER, OTHER]) await registerApp(world, iss, app);
  return world;
}

export async function registerApp(
  { store, service, hands }: TestWorld,
  iss: string,
  change: object = {},
): Promise<void> {
  const put = async (kind: 'app' | 'api', id: string, document: object) => {
    const version = (await store.registered(iss, kind, id))?.version ?? 0;
    await store.register(iss, kind, id, JSON.stringify(document), version, hands.now);
  };
  await put('app', APP.package, {
    ...{ id: APP.package, label: 'Bank', audiences: [API], apple: { appIds: [APP.appleId] } },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'test' }] }] },
    ...change,
  });
  await put('api', API, { audience: API, label: 'API' });
  service.registry.forget();
}

/** Stores the next version of a policy. */
export async function registerPolicy(
  { store, service, hands }: TestWorld,
  name: string,
  source: string,
): Promise<void> {
  const version = ((await store.newestPolicy(ISSUER.iss, name))?.version ?? 0) + 1;
  const row = { iss: ISSUER.iss, name, version, source, author: 'ann', createdAt: hands.now, restores: null };
  await store.addPolicyVersion(row);
  service.policies.forget();
}

export type Platform = 'ios' | 'android';

/** An app on a test phone, in short: makes requests, and keeps the instance that they are made by. */
export interface TestPhone {
  readonly phone: VirtualPhone;
  instance: Instance | undefined;
  /** A request that is not sent yet. */
  prepare(
    purpose: Purpose,
    wish?: { readonly secrets?: readonly string[]; readonly issuer?: Issuer },
  ): Promise<PreparedRequest>;
  /** Makes a request and sends it. */
  ask(purpose: Purpose, wish?: { readonly secrets?: readonly string[] }): Promise<Answered>;
}

export interface Answered extends Answer {
  readonly body: Reply;
}

export function createTestPhone(world: TestWorld, platform: Platform, faults: readonly Fault[] = []): TestPhone {
  const { service, hands } = world;
  const phone = createVirtualPhone({ platform, roots, app: APP, random, clock: () => hands.now, faults });
  const self: TestPhone = {
    phone,
    instance: undefined,
    async prepare(purpose, { secrets = [], issuer = ISSUER } = {}) {
      const jkt = purpose === 'refresh' ? self.instance?.jkt : undefined;
      const { attestation_challenge } = await makeChallenge(service, issuer, { app: APP.package, jkt });
      const speaker = {
        ...{ iss: issuer.iss, app: APP.package, version: '4.2.0', build: '4201', os: phone.os },
        ...{ audiences: [API], secrets },
      };
      const plan = { purpose, challenge: attestation_challenge, instance: self.instance };
      return prepareRequest(plan, { speaker, adapter: phone, crypto: NODE_CRYPTO, random });
    },
    async ask(purpose, wish) {
      const prepared = await self.prepare(purpose, wish);
      const answer = await send(world, prepared);
      if (answer.status === 200) self.instance = prepared.instance;
      return answer;
    },
  };
  return self;
}

/** Hands a request to the service as the route does. */
export async function send(
  { service }: TestWorld,
  { path, body }: PreparedRequest,
  issuer = ISSUER,
): Promise<Answered> {
  const parsed = parseRequest(utf8(body));
  const answer = await attest(service, issuer, path as AttestPath, parsed, { address: '192.0.2.7', parseMs: 0.5 });
  return { ...answer, body: payloadOf(answer.reply) };
}

/** What a reply or a token says, unverified. */
export function payloadOf<T = Reply>(jws: string): T {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

/** For `assert.rejects` and `assert.throws`: an error of this code. */
export const withCode =
  (code: string) =>
  (error: unknown): boolean => {
    const found = error instanceof Error && 'code' in error ? error.code : error;
    if (found !== code) throw new Error(`expected ${code}, found ${String(found)}`, { cause: error });
    return true;
  };

/** The same world once its process has loaded a status list that names these serials. */
export function withStatusList(world: TestWorld, version: string, ...serials: readonly bigint[]): TestWorld {
  const entries = Object.fromEntries(serials.map((serial) => [serial.toString(16), { status: 'REVOKED' }]));
  const copy = { list: parseStatusList(JSON.stringify({ entries })), version };
  return { ...world, service: { ...world.service, trust: { ...world.service.trust, statusList: () => copy } } };
}
