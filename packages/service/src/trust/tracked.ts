import { AssayError, type Clock, type Fetch, type Random, type TrustCopy, type VendorStore } from '@assay/core';
import { readUint32 } from '@assay/formats';
import { type Fetched, type FetchPlan, fetchDocument, upstream } from './fetch-document.ts';
import type { TrustSourceName } from './state.ts';

export type TrustCopies = Pick<VendorStore, 'trustCopy' | 'keepTrustCopy'>;

/** One published document and how it is read. */
export interface Source<T> extends FetchPlan {
  /** Names its copy in the store. */
  readonly name: TrustSourceName;
  /** The text that is kept. @throws AssayError for bytes that hold none */
  decode(bytes: Uint8Array): string;
  /** Strict: what does not parse counts as not fetched. @throws AssayError */
  parse(text: string): T;
  /** @throws AssayError when it may not follow what is held */
  assertSuccessor?(next: T, held: T): void;
}

export interface Held<T> {
  readonly value: T;
  readonly copy: TrustCopy;
}

/** What became of the attempts to fetch a document. */
export interface Attempts {
  readonly triedAt: number | undefined;
  /** In a row; 0 after a success. */
  readonly failures: number;
  /** Reason code of the last attempt, or undefined when it went well. */
  readonly error: string | undefined;
  readonly nextAt: number;
}

/** A document that is kept fresh: reading it never waits, refreshing it never disturbs a reader. */
export interface Tracked<T> {
  /** The last good copy, of whatever age. */
  held(): Held<T> | undefined;
  attempts(): Attempts;
  /**
   * Takes over what the store holds, where that is newer; touches no network. What this version cannot read, or may not
   * follow what is held, is left there until the next fetch.
   *
   * @throws UpstreamError `store.*`
   */
  load(store: TrustCopies): Promise<void>;
  /** Asks the publisher when that is due, another replica's copy first. Never throws for a publisher or a store that is away. */
  refresh(store: TrustCopies, signal: AbortSignal): Promise<void>;
}

export interface TrackedPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** First pause after a failure, doubled for each further one. */
const RETRY_MS = 60_000;
const MAX_RETRY_MS = 3_600_000;
/** Replicas, and installations that were started together, spread by up to this share of a pause. */
const JITTER = 0.1;
/** Replicas' clocks agree this far. A copy from later was written by a clock that was wrong, or by nobody of ours. */
const SKEW_MS = 300_000;

export function createTracked<T>(source: Source<T>, { fetch, clock, random }: TrackedPorts): Tracked<T> {
  const { mostMs } = source.bounds;
  let held: Held<T> | undefined;
  let attempts: Attempts = { triedAt: undefined, failures: 0, error: undefined, nextAt: 0 };

  const later = (ms: number): number => clock() + Math.round(ms * (1 + JITTER * fraction(random)));

  function settle(error: string | undefined): void {
    const failures = error === undefined ? 0 : attempts.failures + 1;
    const retry = Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
    const wait = error === undefined ? waitFor(held, mostMs, clock()) : retry;
    attempts = { triedAt: clock(), failures, error, nextAt: later(wait) };
  }

  /** What is held already, and was confirmed, need not be parsed again. */
  function take(copy: TrustCopy): void {
    if (held?.copy.body === copy.body) {
      held = { ...held, copy };
      return;
    }
    const value = source.parse(copy.body);
    if (held !== undefined) source.assertSuccessor?.(value, held.value);
    held = { value, copy };
  }

  async function load(store: TrustCopies): Promise<void> {
    const copy = await store.trustCopy(source.name);
    if (copy === undefined || copy.fetchedAt > clock() + SKEW_MS) return;
    if (held !== undefined && copy.fetchedAt <= held.copy.fetchedAt) return;
    await attempt(async () => take(copy));
  }

  async function ask(store: TrustCopies, signal: AbortSignal): Promise<void> {
    const fetched = await fetchDocument(fetch, source, held?.copy.etag ?? undefined, signal);
    const copy = toCopy(source, fetched, held, clock());
    take(copy);
    await store.keepTrustCopy(copy);
  }

  return {
    held: () => held,
    attempts: () => attempts,
    load,
    async refresh(store, signal) {
      if (!isDue(attempts, clock())) return;
      const loaded = await attempt(() => load(store));
      const isFresh = held !== undefined && isFreshAt(held.copy, mostMs, clock());
      settle(isFresh ? loaded : await attempt(() => ask(store, signal)));
    },
  };
}

/** Also when the clock was set back: a pause must not last as long as the clock went. */
function isDue({ nextAt, triedAt }: Attempts, now: number): boolean {
  return now >= nextAt || (triedAt !== undefined && now < triedAt);
}

function isFreshAt(copy: TrustCopy, mostMs: number, now: number): boolean {
  return copy.fetchedAt <= now + SKEW_MS && now < freshnessEnd(copy, mostMs);
}

/** The bound holds for a stored copy too: nobody can put off the next attempt by writing to the database. */
function freshnessEnd({ fetchedAt, freshUntil }: TrustCopy, mostMs: number): number {
  return Math.min(freshUntil, fetchedAt + mostMs);
}

function waitFor(held: Held<unknown> | undefined, mostMs: number, now: number): number {
  return held === undefined ? RETRY_MS : Math.max(freshnessEnd(held.copy, mostMs) - now, RETRY_MS);
}

function toCopy<T>(source: Source<T>, fetched: Fetched, held: Held<T> | undefined, now: number): TrustCopy {
  const times = { fetchedAt: now, freshUntil: now + fetched.lifetimeMs };
  if (fetched.outcome === 'document') {
    return { source: source.name, body: source.decode(fetched.body), etag: fetched.etag ?? null, ...times };
  }
  if (held === undefined) throw upstream('service.trust_malformed', { expected: 'a document', found: 'none' });
  return { ...held.copy, ...times };
}

/** The reason code of what went wrong, or undefined. What is no error of ours is a fault of the program, and goes on. */
async function attempt(step: () => Promise<void>): Promise<string | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
}

/** From 0 to 1. */
function fraction(random: Random): number {
  return readUint32(random(4), 0) / 2 ** 32;
}
