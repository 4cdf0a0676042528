import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '@assay/core';
import type { TrustState } from '@assay/service';
import type { FastifyBaseLogger } from 'fastify';
import type { LoadedTrust } from './load.ts';

/** How often it is looked whether something is due; each document has its own pauses. */
const LOOK_MS = 15_000;

/** The one that asks publishers in this process. */
export interface Refresher {
  /** Begins in the background; nothing waits for it. */
  start(): void;
  /** Breaks off what is under way. Resolves when the store is not used any more. */
  stop(): Promise<void>;
}

export function createRefresher(
  trust: Pick<LoadedTrust, 'refresh' | 'state'>,
  store: Store,
  log: Pick<FastifyBaseLogger, 'warn' | 'info' | 'error'>,
): Refresher {
  const stopping = new AbortController();
  const { signal } = stopping;
  const tell = createTeller(log);
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    try {
      await trust.refresh(store, signal);
      if (!signal.aborted) tell(trust.state());
    } catch (err) {
      log.error({ err }, 'trust data could not be looked after; it is tried again');
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await look();
      // Rejects when it is to stop; an idle process may end meanwhile.
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Says what changed since the last look, once. */
function createTeller(log: Pick<FastifyBaseLogger, 'warn' | 'info'>): (state: TrustState) => void {
  let told: ReadonlySet<string> = new Set();
  return ({ sources }) => {
    const found = sources.flatMap(({ source, alarms }) =>
      alarms.map(({ alarm, about }) => [source, alarm, about ?? ''].join(' ').trimEnd()),
    );
    for (const alarm of found.filter((each) => !told.has(each))) log.warn({ trust: alarm }, 'trust data: alarm');
    const now = new Set(found);
    for (const alarm of told) if (!now.has(alarm)) log.info({ trust: alarm }, 'trust data: well again');
    told = now;
  };
}
