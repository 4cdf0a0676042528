import { randomBytes } from 'node:crypto';
import { type Clock, type Fetch, joinReasons, type Random } from '@assay/core';
import {
  ANDROID_KEY_REASONS,
  APP_CHECK_REASONS,
  APPLE_REASONS,
  createChainMemory,
  DEV_REASONS,
  HUAWEI_REASONS,
  PLAY_REASONS,
  PORT_REASONS,
  SHARED_REASONS,
  WEB_REASONS,
} from '@assay/evidence';
import { FORMAT_REASONS } from '@assay/formats';
import { createMetrics, createOperatorApp, createPublicApp, HTTP_REASONS } from '@assay/http';
import { PINS_REASONS } from '@assay/pins';
import { POLICY_REASONS } from '@assay/policy';
import { SECRETS_REASONS } from '@assay/secrets';
import {
  createEventBus,
  createKeyKeeper,
  createPolicyKeeper,
  createRegistry,
  createRejections,
  SERVICE_REASONS,
  type Service,
} from '@assay/service';
import { STORE_REASONS } from '@assay/store';
import { createEcKeys, TOKENS_REASONS } from '@assay/tokens';
import { X509_REASONS } from '@assay/x509';
import type { FastifyInstance } from 'fastify';
import { checkConfig, isLoopback } from './config/rules.ts';
import type { Config } from './config/schema.ts';
import { loadFormats } from './formats.ts';
import { issuersOf } from './issuers.ts';
import { kekFileOf, openInstallationKek } from './kek.ts';
import { createLifecycle, type Lifecycle, type Listeners } from './lifecycle.ts';
import { type LivePage, registerLivePage } from './live/routes.ts';
import { createLog } from './log.ts';
import { measure } from './measures.ts';
import { createReadiness, trustNotes } from './readiness.ts';
import { SERVER_REASONS } from './reasons.ts';
import { openStore } from './storage.ts';
import { readTls, type TlsFiles, warnOfExposedKey } from './tls.ts';
import { type LoadedTrust, loadTrust } from './trust/load.ts';
import { measureTrust } from './trust/measures.ts';
import { loadVendors } from './vendors/load.ts';
import { VERSION } from './version.ts';

const REASONS = [
  FORMAT_REASONS,
  X509_REASONS,
  SHARED_REASONS,
  APPLE_REASONS,
  ANDROID_KEY_REASONS,
  PLAY_REASONS,
  HUAWEI_REASONS,
  APP_CHECK_REASONS,
  WEB_REASONS,
  DEV_REASONS,
  PORT_REASONS,
  POLICY_REASONS,
  TOKENS_REASONS,
  PINS_REASONS,
  SECRETS_REASONS,
  STORE_REASONS,
  SERVICE_REASONS,
  HTTP_REASONS,
  SERVER_REASONS,
];

const REMEMBERED_ISSUERS = 2_000;
/** What the composition root takes from the world. */
export interface World {
  readonly clock: Clock;
  readonly talk: (line: string) => void;
  /** The network; Node's own without it. */
  readonly fetch?: Fetch;
  /** For tests alone: several servers in one process stand for replicas on one SQLite file. */
  readonly sharesDataFolder?: true;
}

export interface Server extends Lifecycle {
  readonly service: Service;
  readonly publicApp: FastifyInstance;
  readonly operatorApp: FastifyInstance;
  /** Present where every environment is of kind development. */
  readonly live: LivePage | undefined;
  readonly trust: LoadedTrust;
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
  // Whatever can be wrong without a store is found before one is opened.
  const trust = loadTrust(config, { clock, random, fetch: world.fetch });
  const vendors = loadVendors(config, { clock, random, fetch: world.fetch });
  const formats = await loadFormats(config.formats);
  const parts = { clock, random, issuers: issuersOf(config), trust, vendors, formats, tls: readTls(config) };
  warnOfExposedKey(config, talk);
  const store = await openStore(config, world);
  try {
    const kek = await openInstallationKek(kekFileOf(config), store, { random, clock, talk });
    const service = createService({ ...parts, store, kek });
    const apps = await createApps(config, service, parts);
    if (trust.isTest) talk('TEST ROOTS are loaded: this process believes virtual phones and no real ones');
    const lifecycle = createLifecycle(config, service, apps, trust, talk);
    return { service, trust, ...apps, ...lifecycle };
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Parts = Pick<Service, 'store' | 'clock' | 'random' | 'kek' | 'trust' | 'issuers' | 'vendors' | 'formats'>;

function createService(parts: Parts): Service {
  const { store, clock, random, kek, trust, issuers, vendors, formats } = parts;
  return {
    ...{ store, clock, random, kek, trust, issuers, vendors, formats },
    elapsed: () => performance.now(),
    keys: createKeyKeeper({ store, clock, random, kek }),
    instanceKeys: createEcKeys(),
    reasons: joinReasons([...REASONS, ...[...formats.values()].map(({ reasons }) => reasons)]),
    registry: createRegistry(store, clock),
    policies: createPolicyKeeper(store, clock),
    rejections: createRejections(store),
    events: createEventBus(),
    memory: createChainMemory(REMEMBERED_ISSUERS),
    inFlight: new Map(),
  };
}

interface Apps extends Listeners {
  readonly live: LivePage | undefined;
}

async function createApps(
  config: Config,
  service: Service,
  { trust, tls, clock }: { readonly trust: LoadedTrust; readonly tls: TlsFiles | undefined; readonly clock: Clock },
): Promise<Apps> {
  const logger = createLog(config.logLevel);
  const state = { stopping: false, tls };
  const readiness = createReadiness(service, () => state.stopping);
  const { workers, trustedProxies: trustProxy, maxConnections: all, maxConnectionsPerNetwork: network } = config;
  const limits = { workers, connections: { all, network } };
  const publicApp = await createPublicApp({ service, readiness, logger, clock, ...limits, trustProxy, tls });
  const metrics = createMetrics({ events: service.events, version: VERSION, statusListAt: trust.statusListAt, clock });
  const hosts = new Set(['localhost', '127.0.0.1', '[::1]', '::1', config.adminListen.host]);
  // How old trust data is, is not for everybody to know.
  const told = { ...readiness, notes: () => trustNotes(trust.state()) };
  const operatorApp = await createOperatorApp({ service, readiness: told, metrics, logger, hosts });
  const isDevelopment = config.environments.every(({ kind }) => kind === 'development');
  const notice = trust.isTest ? 'Test roots are loaded: the phones below are virtual.' : '';
  const live =
    isDevelopment && isLoopback(config.adminListen.host) ? registerLivePage(operatorApp, service, notice) : undefined;
  measure(metrics, { service, config, live, served: () => state.tls });
  measureTrust(metrics, { trust, clock });
  return { publicApp, operatorApp, live, state };
}
