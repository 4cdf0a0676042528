import { randomBytes } from 'node:crypto';
import type { Server as TlsServer } from 'node:https';
import { join } from 'node:path';
import { type Clock, joinReasons, type Random, type Store, UpstreamError } from '@assay/core';
import { ANDROID_KEY_REASONS, APPLE_REASONS, createChainMemory, SHARED_REASONS } from '@assay/evidence';
import { FORMAT_REASONS } from '@assay/formats';
import { createMetrics, createOperatorApp, createPublicApp, type Readiness } from '@assay/http';
import { PINS_REASONS } from '@assay/pins';
import { POLICY_REASONS } from '@assay/policy';
import { SECRETS_REASONS } from '@assay/secrets';
import {
  createEventBus,
  createIssuer,
  createIssuers,
  createKeyKeeper,
  createRegistry,
  createRejections,
  rotateKeys,
  SERVICE_REASONS,
  type Service,
} from '@assay/service';
import { openPostgres, openSqlite, STORE_REASONS } from '@assay/store';
import { createEcKeys, TOKENS_REASONS } from '@assay/tokens';
import { X509_REASONS } from '@assay/x509';
import type { FastifyInstance } from 'fastify';
import { checkConfig, isLoopback } from './config/rules.ts';
import type { Config } from './config/schema.ts';
import { openKekFile } from './kek.ts';
import { type LivePage, registerLivePage } from './live/routes.ts';
import { createLog } from './log.ts';
import { writeFirstCredential } from './operator-token.ts';
import { readTls, reloadTls } from './tls.ts';
import { type LoadedTrust, loadTrust } from './trust.ts';
import { VERSION } from './version.ts';

const REASONS = [
  FORMAT_REASONS,
  X509_REASONS,
  SHARED_REASONS,
  APPLE_REASONS,
  ANDROID_KEY_REASONS,
  POLICY_REASONS,
  TOKENS_REASONS,
  PINS_REASONS,
  SECRETS_REASONS,
  STORE_REASONS,
  SERVICE_REASONS,
];

const REMEMBERED_ISSUERS = 2_000;
const FLUSH_MS = 1_000;
const UPKEEP_MS = 60_000;

/** What the composition root takes from the world. */
export interface World {
  readonly clock: Clock;
  readonly talk: (line: string) => void;
}

export interface Server {
  readonly service: Service;
  readonly publicApp: FastifyInstance;
  readonly operatorApp: FastifyInstance;
  /** Present where every environment is of kind development. */
  readonly live: LivePage | undefined;
  readonly trust: LoadedTrust;
  /** Binds both listeners; returns their addresses. */
  listen(): Promise<{ readonly publicUrl: string; readonly operatorUrl: string }>;
  /** Reads TLS files again. */
  reload(): void;
  /** Stops taking requests, finishes those under way, writes what has gathered, closes the store. */
  stop(): Promise<void>;
}

/**
 * Puts a server together out of its configuration.
 *
 * @throws ConfigError naming what to change; UpstreamError when the store cannot be opened
 */
export async function createServer(config: Config, world: World): Promise<Server> {
  checkConfig(config);
  const { clock, talk } = world;
  const random: Random = (length) => new Uint8Array(randomBytes(length));
  const kek = openKekFile(config.kekFile ?? join(config.data, 'kek'), random, talk);
  const trust = loadTrust(config, clock);
  const store = await openStore(config);
  const service = createService(config, { store, clock, random, kek, trust });
  const apps = await createApps(config, service, trust, clock);
  if (trust.isTest) talk('TEST ROOTS are loaded: this process believes virtual phones and no real ones');
  return { service, trust, ...apps, ...createLifecycle(config, service, apps, talk) };
}

function openStore({ databaseUrl, data }: Config): Promise<Store> {
  return databaseUrl === undefined ? openSqlite({ path: join(data, 'assay.db') }) : openPostgres({ url: databaseUrl });
}

type Parts = Pick<Service, 'store' | 'clock' | 'random' | 'kek' | 'trust'>;

function createService({ origin, environments }: Config, parts: Parts): Service {
  const { store, clock } = parts;
  return {
    ...parts,
    elapsed: () => performance.now(),
    issuers: createIssuers(environments.map(({ tenant, name, kind }) => createIssuer(origin, tenant, name, kind))),
    keys: createKeyKeeper(parts),
    instanceKeys: createEcKeys(),
    reasons: joinReasons(REASONS),
    registry: createRegistry(store, clock),
    rejections: createRejections(store),
    events: createEventBus(),
    memory: createChainMemory(REMEMBERED_ISSUERS),
    inFlight: new Map(),
  };
}

interface Apps {
  readonly publicApp: FastifyInstance;
  readonly operatorApp: FastifyInstance;
  readonly live: LivePage | undefined;
  readonly state: { stopping: boolean };
}

async function createApps(config: Config, service: Service, trust: LoadedTrust, clock: Clock): Promise<Apps> {
  const logger = createLog(config.logLevel);
  const state = { stopping: false };
  const readiness = createReadiness(service, trust, () => state.stopping);
  const tls = readTls(config);
  const publicApp = await createPublicApp({
    ...{ service, readiness, logger, clock, workers: config.workers, trustProxy: config.trustedProxies },
    ...(tls === undefined ? {} : { tls }),
  });
  const metrics = createMetrics({ events: service.events, version: VERSION, statusListAt: trust.statusListAt, clock });
  const hosts = new Set(['localhost', '127.0.0.1', '[::1]', '::1', config.adminListen.host]);
  const operatorApp = await createOperatorApp({ service, readiness, metrics, logger, hosts });
  const isDevelopment = config.environments.every(({ kind }) => kind === 'development');
  const notice = trust.isTest ? 'Test roots are loaded: the phones below are virtual.' : '';
  const live =
    isDevelopment && isLoopback(config.adminListen.host) ? registerLivePage(operatorApp, service, notice) : undefined;
  return { publicApp, operatorApp, live, state };
}

/** Earlier than this no machine that runs this code can be: the clock was never set. */
const BUILT_AFTER = Date.parse('2026-11-01T00:00:00Z');

function createReadiness({ store, clock }: Service, trust: LoadedTrust, stopping: () => boolean): Readiness {
  const storeIsWell = async () => {
    try {
      await store.ping();
      return undefined;
    } catch (error) {
      if (error instanceof UpstreamError) return error.code;
      throw error;
    }
  };
  const clockIsSet = async () => (clock() > BUILT_AFTER ? undefined : 'the clock stands before this version was made');
  const trustIsThere = async () =>
    trust.android.length > 0 && trust.apple.attestation.length > 0 ? undefined : 'no trust anchors';
  return {
    stopping,
    checks: [
      { name: 'store', check: storeIsWell },
      { name: 'clock', check: clockIsSet },
      { name: 'trust', check: trustIsThere },
    ],
  };
}

function createLifecycle(config: Config, service: Service, { publicApp, operatorApp, state }: Apps, talk: World['talk']) {
  const timers = [
    setInterval(() => void quietly(service.rejections.flush()), FLUSH_MS),
    setInterval(() => void quietly(upkeep(service)), UPKEEP_MS),
  ];
  const quietly = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (err) {
      publicApp.log.warn({ err }, 'upkeep failed; it is tried again');
    }
  };
  return {
    async listen() {
      for (const iss of service.issuers.keys()) await service.keys.of(iss);
      await writeFirstCredential(service, join(config.data, 'operator-token'), talk);
      const publicUrl = await publicApp.listen(config.listen);
      const operatorUrl = await operatorApp.listen(config.adminListen);
      return { publicUrl, operatorUrl };
    },
    reload: () => reloadTls(publicApp.server as TlsServer, config), // a TLS listener whenever there are files to reload
    async stop() {
      state.stopping = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all([publicApp.close(), operatorApp.close()]);
      await service.rejections.flush();
      await service.store.close();
    },
  };
}

/** What is due every minute: key rotation, and rows whose end has come. */
async function upkeep(service: Service): Promise<void> {
  for (const iss of service.issuers.keys()) await rotateKeys(service, iss);
  await service.store.expire(service.clock());
}
