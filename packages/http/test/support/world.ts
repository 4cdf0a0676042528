/** Both listeners over a real store, called without a socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type PreparedRequest, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { joinReasons } from '@assay/core';
import { ANDROID_KEY_REASONS, APPLE_REASONS, createChainMemory, SHARED_REASONS } from '@assay/evidence';
import { utf8 } from '@assay/formats';
import {
  type Budgets,
  type ConnectionLimits,
  createMetrics,
  createOperatorApp,
  createPublicApp,
  HTTP_REASONS,
  type ReadinessCheck,
  type Timeouts,
} from '@assay/http';
import { POLICY_REASONS } from '@assay/policy';
import { createKek, createKekRing, SECRETS_REASONS } from '@assay/secrets';
import {
  createCredential,
  createEventBus,
  createIssuer,
  createIssuers,
  createKeyKeeper,
  createPolicyKeeper,
  createRegistry,
  createRejections,
  type Issuer,
  makeChallenge,
  SCOPES,
  type Scope,
  SERVICE_REASONS,
  type Service,
} from '@assay/service';
import { openSqlite, STORE_REASONS } from '@assay/store';
import { createEcKeys, TOKENS_REASONS } from '@assay/tokens';
import { createSeededRandom, createTestRoots, createVirtualPhone, type VirtualApp } from '@assay/virtual-devices';
import { loadAnchor, X509_REASONS } from '@assay/x509';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';

type Budget = Budgets['all']['read'];

const START: number = Date.UTC(2026, 10, 21, 12);
export const API = 'https://api.example.com';
export const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};
export const random = createSeededRandom(utf8('http tests'));
export const roots = createTestRoots(random);
export const ISSUER: Issuer = createIssuer('https://attest.example.com', 'acme', 'dev', 'development');
/** Where the issuer's public routes begin, and its operator routes. */
export const BASE: string = new URL(ISSUER.iss).pathname;
export const ADMIN = `/admin/v1${BASE}`;

export interface HttpWorld {
  readonly publicApp: FastifyInstance;
  readonly operatorApp: FastifyInstance;
  readonly service: Service;
  readonly iss: string;
  readonly hands: { now: number; stopping: boolean };
  /** Lines of the log. */
  readonly lines: Record<string, unknown>[];
  /** A credential with these scopes, as its header. */
  credential(...scopes: readonly Scope[]): Promise<{ readonly authorization: string; readonly host: string }>;
  /** Calls the operator listener with every scope. */
  operate(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object): Promise<LightMyRequestResponse>;
  /** Reads what an attacker could see of the stored state. */
  state(): Promise<string>;
}

export interface HttpWorldOptions {
  readonly budgets?: Budgets;
  readonly checks?: readonly ReadinessCheck[];
  readonly timeouts?: Timeouts;
  readonly workers?: number;
  readonly connections?: ConnectionLimits;
  readonly trustProxy?: readonly string[];
}

export async function createHttpWorld(options: HttpWorldOptions = {}): Promise<HttpWorld> {
  const { budgets, checks = [], timeouts, workers = 2, connections, trustProxy = [] } = options;
  const dir = mkdtempSync(join(tmpdir(), 'assay-http-'));
  const store = await openSqlite({ path: join(dir, 'assay.db') });
  const hands = { now: START, stopping: false };
  const clock = () => hands.now;
  const ports = { store, clock, random, kek: createKekRing([createKek(random)], random) };
  const service: Service = {
    ...ports,
    trust: {
      apple: { attestation: roots.anchors.apple.map(loadAnchor), receipt: roots.anchors.apple.map(loadAnchor) },
      android: roots.anchors.android.map(loadAnchor),
      huawei: [],
      version: 'test',
      statusList: () => undefined,
      advisories: () => undefined,
      advisoriesAreMissing: () => false,
      state: () => ({ anchors: 'test', trustedRoots: [], newRoots: 'report', sources: [] }),
    },
    vendors: { playKeys: () => undefined },
    formats: new Map(),
    elapsed: () => performance.now(),
    issuers: createIssuers([ISSUER]),
    keys: createKeyKeeper(ports),
    instanceKeys: createEcKeys(),
    reasons: joinReasons([
      ...[X509_REASONS, SHARED_REASONS, APPLE_REASONS, ANDROID_KEY_REASONS, POLICY_REASONS, STORE_REASONS],
      ...[TOKENS_REASONS, SECRETS_REASONS, SERVICE_REASONS, HTTP_REASONS],
    ]),
    registry: createRegistry(store, clock),
    policies: createPolicyKeeper(store, clock),
    rejections: createRejections(store),
    events: createEventBus(),
    memory: createChainMemory(100),
    inFlight: new Map(),
  };
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const readiness = { checks, stopping: () => hands.stopping };
  const publicApp = await createPublicApp({
    ...{ service, readiness, logger, clock, workers, trustProxy, timeouts },
    ...(budgets === undefined ? {} : { budgets }),
    ...(connections === undefined ? {} : { connections }),
  });
  const metrics = createMetrics({ events: service.events, version: '0.0.0', statusListAt: () => undefined, clock });
  const operatorApp = await createOperatorApp({ service, readiness, metrics, logger, hosts: new Set(['localhost']) });
  after(async () => {
    await Promise.all([publicApp.close(), operatorApp.close()]);
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  let credentials = 0;
  const credential: HttpWorld['credential'] = async (...scopes) => {
    credentials += 1;
    const made = await createCredential(store, random, clock, `test-${credentials}`, scopes, null);
    return { authorization: `Bearer ${made === 'exists' ? '' : made.token}`, host: 'localhost' };
  };
  const operate: HttpWorld['operate'] = async (method, url, payload) =>
    operatorApp.inject({
      method,
      url,
      headers: await credential(...SCOPES),
      ...(payload === undefined ? {} : { payload }),
    });
  const state = async () => JSON.stringify([await store.appraisals(ISSUER.iss, { limit: 500 })]);
  return { publicApp, operatorApp, service, iss: ISSUER.iss, hands, lines, credential, operate, state };
}

/** Registers the app and its API over the operator listener. */
export async function registerApp({ operate }: HttpWorld): Promise<void> {
  await operate('PUT', `${ADMIN}/apis/${encodeURIComponent(API)}`, { audience: API, label: 'API' });
  await operate('PUT', `${ADMIN}/apps/${APP.package}`, {
    ...{ id: APP.package, label: 'Bank', audiences: [API], apple: { appIds: [APP.appleId] } },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'test' }] }] },
  });
}

/** An enrolment by a test phone, not sent yet. */
export async function prepareEnrolment({ service, hands }: HttpWorld): Promise<PreparedRequest> {
  const phone = createVirtualPhone({ platform: 'android', roots, app: APP, random, clock: () => hands.now });
  const { attestation_challenge: challenge } = await makeChallenge(service, ISSUER, { app: APP.package });
  const speaker = {
    ...{ iss: ISSUER.iss, app: APP.package, version: '4.2.0', build: '4201', os: phone.os },
    ...{ audiences: [API], secrets: [] },
  };
  return prepareRequest({ purpose: 'enrol', challenge }, { speaker, adapter: phone, crypto: NODE_CRYPTO, random });
}

/** One budget for every cost at every level. */
export function budgetsOf(network: Budget, app: Budget = network, all: Budget = network): Budgets {
  const costs = (budget: Budget) => ({ challenge: budget, refresh: budget, enrol: budget, read: budget });
  return { network: costs(network), app: costs(app), all: costs(all) };
}

const ENOUGH: Budget = { burst: 1e9, perSecond: 1e9 };
export const UNLIMITED: Budgets = budgetsOf(ENOUGH);

export const JSON_TYPE = { 'content-type': 'application/json' };
