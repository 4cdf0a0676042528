import { setTimeout as pause } from 'node:timers/promises';
import { type RenewalReport, renewReceipts, type Service } from '@assay/service';
import type { FastifyBaseLogger } from 'fastify';

/** How often it is looked which receipts are due. */
const LOOK_MS = 60_000;

/** Renews App Attest receipts in the background of this process. */
export interface ReceiptRenewal {
  /** Begins, where a key for Apple is configured; nothing waits for it. */
  start(): void;
  /** Resolves when the store is not used any more: one answer of Apple's may have to be waited for. */
  stop(): Promise<void>;
}

type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;

export function createReceiptRenewal(service: Service, log: Log): ReceiptRenewal {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function look(iss: string): Promise<void> {
    try {
      tell(log, iss, await renewReceipts(service, iss, { signal }));
    } catch (err) {
      log.error({ err }, 'receipts could not be renewed; it is tried again');
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      for (const iss of service.issuers.keys()) if (!signal.aborted) await look(iss);
      // Rejects when it is to stop; an idle process may end meanwhile.
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  return {
    start() {
      if (service.vendors.appleReceipt !== undefined) running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** What happened, by counts: no receipt, key or device is named. */
function tell(log: Log, iss: string, { counts, stopped }: RenewalReport): void {
  const happened = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  if (stopped !== undefined) log.warn({ iss, ...happened, stopped }, 'renewal of receipts stopped; it is tried again');
  else if (counts.refused > 0) log.warn({ iss, ...happened }, 'receipts from Apple did not hold');
  else if (Object.keys(happened).length > 0) log.info({ iss, ...happened }, 'receipts renewed');
}
