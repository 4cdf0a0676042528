import type { Server as TlsServer } from 'node:https';
import { join } from 'node:path';
import { rotateKeys, type Service, UPKEEP } from '@assay/service';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config/schema.ts';
import { writeFirstCredential } from './operator-token.ts';
import { reloadTls, type TlsFiles } from './tls.ts';
import type { LoadedTrust } from './trust/load.ts';
import { createRefresher, type Refresher } from './trust/refresher.ts';
import { createTrustUpkeep, type TrustUpkeep } from './trust/upkeep.ts';
import { createReceiptRenewal } from './vendors/receipts.ts';

const FLUSH_MS = 1_000;
const UPKEEP_MS = 60_000;
/** What is under way may finish so long; a connection that never carried a request counts as under way for Node. */
const GRACE_MS = 5_000;

export interface Lifecycle {
  /** Binds both listeners; returns their addresses. */
  listen(): Promise<{ readonly publicUrl: string; readonly operatorUrl: string }>;
  /** Reads TLS files again; a pair that cannot be used leaves the old one in force. */
  reload(): void;
  /** Stops taking requests, finishes those under way, writes what has gathered, closes the store. Once is enough. */
  stop(): Promise<void>;
}

export interface Listeners {
  readonly publicApp: FastifyInstance;
  readonly operatorApp: FastifyInstance;
  readonly state: { stopping: boolean; tls: TlsFiles | undefined };
}

export function createLifecycle(
  config: Config,
  service: Service,
  { publicApp, operatorApp, state }: Listeners,
  trust: LoadedTrust,
  talk: (line: string) => void,
): Lifecycle {
  const quietly = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (err) {
      publicApp.log.warn({ err }, 'upkeep failed; it is tried again');
    }
  };
  const consequences = createTrustUpkeep(service);
  const background = [
    createRefresher(trust, service.store, publicApp.log),
    createReceiptRenewal(service, publicApp.log),
  ];
  const timers = [
    setInterval(() => void quietly(service.rejections.flush()), FLUSH_MS),
    setInterval(() => void quietly(upkeep(service, consequences)), UPKEEP_MS),
  ];
  let stopped: Promise<void> | undefined;
  return {
    async listen() {
      for (const iss of service.issuers.keys()) await service.keys.of(iss);
      await trust.load(service.store);
      await consequences.revoke();
      await writeFirstCredential(service, join(config.data, 'operator-token'), talk);
      const publicUrl = await publicApp.listen(config.listen);
      const operatorUrl = await operatorApp.listen(config.adminListen);
      for (const each of background) each.start();
      return { publicUrl, operatorUrl };
    },
    reload() {
      state.tls = reloadTls(publicApp.server as TlsServer, config); // a TLS listener whenever there are files to reload
    },
    stop() {
      state.stopping = true;
      for (const timer of timers) clearInterval(timer);
      stopped ??= stop(service, background, [publicApp, operatorApp]);
      return stopped;
    },
  };
}

async function stop(
  { rejections, store }: Service,
  background: readonly Pick<Refresher, 'stop'>[],
  listeners: readonly FastifyInstance[],
): Promise<void> {
  try {
    await Promise.all([...background.map((each) => each.stop()), ...listeners.map(close)]);
    await rejections.flush();
  } finally {
    await store.close();
  }
}

async function close(listener: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => listener.server.closeAllConnections(), GRACE_MS);
  try {
    await listener.close();
  } finally {
    clearTimeout(timer);
  }
}

/** What is due every minute: key rotation, what follows from newer trust data, and rows whose end has come. */
async function upkeep(service: Service, { revoke, review }: TrustUpkeep): Promise<void> {
  for (const iss of service.issuers.keys()) await rotateKeys(service, UPKEEP, iss);
  await revoke();
  await review();
  await service.store.expire(service.clock());
}
