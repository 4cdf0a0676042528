import { ConfigError, type ReceiptRow, UpstreamError } from '@assay/core';
import { type Receipt, verifyAppAttestReceipt } from '@assay/evidence';
import type { Service } from '../context.ts';
import { teamOf } from '../vendors/apple-team.ts';
import { leaseUntil, nextAt, retryAt, tomorrowAt } from './plan.ts';
import { FRESH_MS } from './remember.ts';
import { openReceipt, sealReceipt } from './sealed.ts';

interface Ports extends Pick<Service, 'store' | 'kek' | 'random' | 'clock' | 'vendors' | 'memory'> {
  readonly trust: Pick<Service['trust'], 'apple'>;
  readonly registry: Pick<Service['registry'], 'app'>;
}

type AskApple = NonNullable<Service['vendors']['appleReceipt']>;

/** What became of one row. */
export type Renewal =
  /** A new receipt, with a new metric. */
  | 'renewed'
  /** Apple has nothing new yet. */
  | 'too_early'
  /** Apple has forgotten the key: it keeps data for about a month. The last receipt stays. */
  | 'no_data'
  /** What Apple sent does not hold, or is about another key. The last receipt stays. */
  | 'refused'
  /** Apple did not answer. */
  | 'unavailable'
  /** The app, or its Apple part, is registered no more; or the receipt has ended for good. */
  | 'ended';

/** A run over the rows that were due. */
export interface RenewalReport {
  readonly counts: Readonly<Record<Renewal, number>>;
  /** Code of what stopped the run before its end, or kept a team's rows from being asked about: they come again. */
  readonly stopped?: string;
}

const LIMIT = 100;
/** So many failures one after another, and Apple is left alone until the next run. */
const PATIENCE = 3;

const NONE: Readonly<Record<Renewal, number>> = {
  ...{ renewed: 0, too_early: 0, no_data: 0, refused: 0, unavailable: 0, ended: 0 },
};

/**
 * Asks Apple about the receipts that are due, one after another. Run by a timer, in as many processes as there are: a row that
 * is being asked about is leased for ten minutes. So long also wait the rows of a team whose key is missing or refused, and
 * those of no other team.
 *
 * @param signal once it is raised, no further row is begun
 * @throws UpstreamError `store.*`; ConfigError `secrets.*`, `x509.*`. What Apple says or does not say is in the report.
 */
export async function renewReceipts(
  ports: Ports,
  iss: string,
  { limit = LIMIT, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<RenewalReport> {
  const counts = { ...NONE };
  const { appleReceipt } = ports.vendors;
  if (appleReceipt === undefined) return { counts, stopped: 'service.vendor_not_configured' };
  const ask = onceRefused(appleReceipt);
  let inVain = 0;
  let stopped: string | undefined;
  for (const row of await ports.store.receiptsDue(iss, ports.clock(), limit)) {
    if (signal?.aborted === true) break;
    const result = await renew(ports, ask, row);
    if (result instanceof ConfigError) {
      stopped ??= result.code;
      continue;
    }
    counts[result] += 1;
    inVain = result === 'unavailable' ? inVain + 1 : 0;
    if (inVain === PATIENCE) return { counts, stopped: 'service.vendor_unavailable' };
  }
  return stopped === undefined ? { counts } : { counts, stopped };
}

/** A team whose credentials are missing or refused is not asked for again in one run. */
function onceRefused(ask: AskApple): AskApple {
  const refusals = new Map<string, ConfigError>();
  return async (renewal) => {
    const known = refusals.get(renewal.team);
    if (known !== undefined) throw known;
    try {
      return await ask(renewal);
    } catch (error) {
      if (error instanceof ConfigError) refusals.set(renewal.team, error);
      throw error;
    }
  };
}

/** One row. A fault of our configuration is no failure of the row, and is given back: it comes again when its lease ends. */
async function renew(ports: Ports, ask: AskApple, row: ReceiptRow): Promise<Renewal | ConfigError> {
  const { store, clock } = ports;
  // Before anything that may throw: a row that cannot be worked on must not keep its place at the head of the queue.
  await store.putReceipt({ ...row, nextAt: leaseUntil(clock()) });
  const apple = (await ports.registry.app(row.iss, row.app))?.apple;
  if (apple === undefined) return end(ports, row);
  const kept = await openReceipt(ports, row);
  const team = teamOf(apple);
  const environment = row.environment === 'development' ? 'development' : 'production';
  const answer = await ask({ team, environment, receipt: kept.receipt }).catch(answerOf);
  if (answer instanceof ConfigError) return answer;
  if (answer === 'unavailable') return later(ports, row, answer);
  if (answer.outcome === 'too_early') return tomorrow(ports, row);
  if (answer.outcome === 'no_data') return forgotten(ports, row, kept.receipt, apple.appIds, kept.publicKey);
  const newer = verify(ports, answer.receipt, apple.appIds, kept.publicKey, FRESH_MS);
  if (newer === undefined) return later(ports, row, 'refused');
  return keep(ports, row, newer, { publicKey: kept.publicKey, receipt: answer.receipt });
}

function answerOf(error: unknown): 'unavailable' | ConfigError {
  if (error instanceof ConfigError) return error;
  if (error instanceof UpstreamError) return 'unavailable';
  throw error;
}

async function keep(
  ports: Ports,
  row: ReceiptRow,
  newer: Receipt,
  kept: Parameters<typeof sealReceipt>[2],
): Promise<Renewal> {
  const at = ports.clock();
  await ports.store.putReceipt({
    ...row,
    sealed: await sealReceipt(ports, row, kept),
    // A receipt without a metric says nothing new about it.
    ...(newer.riskMetric === undefined ? {} : { metric: newer.riskMetric, metricAt: newer.creationTime }),
    ...{ nextAt: nextAt(at, newer.notBefore, ports.random), failures: 0 },
  });
  return 'renewed';
}

async function tomorrow({ store, clock, random }: Ports, row: ReceiptRow): Promise<Renewal> {
  await store.putReceipt({ ...row, nextAt: tomorrowAt(clock(), random), failures: 0 });
  return 'too_early';
}

async function later({ store, clock, random }: Ports, row: ReceiptRow, result: Renewal): Promise<Renewal> {
  const failures = row.failures + 1;
  await store.putReceipt({ ...row, nextAt: retryAt(clock(), row.failures, random), failures });
  return result;
}

/** Asked for again, at longer and longer intervals, until the receipt itself has ended. */
async function forgotten(
  ports: Ports,
  row: ReceiptRow,
  receipt: Uint8Array,
  appIds: readonly string[],
  publicKey: Uint8Array,
): Promise<Renewal> {
  const last = verify(ports, receipt, appIds, publicKey, 'any');
  const hasEnded = last === undefined || last.expirationTime <= ports.clock();
  return hasEnded ? end(ports, row) : later(ports, row, 'no_data');
}

/** The row stays, with what it says; nobody is asked about it again. */
async function end({ store }: Ports, row: ReceiptRow): Promise<Renewal> {
  await store.putReceipt({ ...row, nextAt: null });
  return 'ended';
}

function verify(
  { trust, clock, memory }: Ports,
  receipt: Uint8Array,
  appIds: readonly string[],
  publicKey: Uint8Array,
  maxCreationAgeMs: number | 'any',
): Receipt | undefined {
  const input = { receipt, appIds, publicKey, maxCreationAgeMs };
  const appraisal = verifyAppAttestReceipt(input, { trust: trust.apple, at: clock(), memory });
  return appraisal.outcome === 'verified' ? appraisal.proven : undefined;
}
