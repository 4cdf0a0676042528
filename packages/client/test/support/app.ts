import {
  type AttestationAdapter,
  type Client,
  type ClientEvent,
  type ClientOptions,
  createClient,
} from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import { createAndroid, createIos, type Platform } from './platform.ts';
import { API, APP, createTestServer, ISS, random, rootWire, START, type TestServer } from './server.ts';

export interface TestApp {
  readonly client: Client;
  readonly server: TestServer;
  readonly platform: Platform;
  readonly adapter: AttestationAdapter;
  readonly events: ClientEvent[];
  /** Lets time go by on both sides, in seconds. */
  pass(seconds: number): void;
  /** The app after a restart: same storage, same platform, empty memory. */
  restart(changes?: Partial<ClientOptions>): Client;
}

const PLATFORMS = { android: createAndroid, ios: createIos } as const;

export function createApp(kind: keyof typeof PLATFORMS = 'android', changes: Partial<ClientOptions> = {}): TestApp {
  let now = START;
  const clock = (): number => now;
  const server = createTestServer(clock);
  const { adapter, platform } = PLATFORMS[kind]();
  const events: ClientEvent[] = [];
  const options: ClientOptions = {
    ...{ iss: ISS, app: APP, appVersion: '4.2.0', audiences: [API], secrets: ['maps'], adapter, crypto: NODE_CRYPTO },
    ...{ fetch: server.fetch, clock, random, storage: createMemoryStorage(), trustedRoot: rootWire },
    report: (event) => events.push(event),
    ...changes,
  };
  return {
    ...{ client: createClient(options), server, platform, adapter, events },
    pass: (seconds) => {
      now += seconds * 1000;
    },
    restart: (more = {}) => createClient({ ...options, ...more }),
  };
}
