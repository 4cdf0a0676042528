import { ConfigError } from '@assay/core';
import { readAppCheckKeys } from '@assay/evidence';
import type { JsonValue } from '@assay/formats';
import { json } from '@assay/formats/shape';
import { type Bounds, lifetimeOf } from '../trust/freshness.ts';
import { readAnswer, unexpectedStatus } from './answers.ts';
import { createLine, type Endpoint, type Network, unavailable } from './endpoint.ts';

const NAME = 'App Check keys';
const URL_KEYS = 'https://firebaseappcheck.googleapis.com/v1/jwks';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Firebase's own libraries keep the set for six hours. */
const BOUNDS: Bounds = { leastMs: 5 * MINUTE, usualMs: 6 * HOUR, mostMs: 24 * HOUR };
/** A set that cannot be fetched anew serves on for a day; then nothing is believed any more. */
const STALE_MS = 24 * HOUR;
/** After a failure nobody is asked for this long. */
const COOLDOWN_MS = 30_000;

interface KeySet {
  readonly set: JsonValue;
  readonly fetchedAt: number;
  readonly freshUntil: number;
}

/**
 * The set of keys that signs App Check tokens, kept as its cache headers say. One fetch at a time; while a new copy cannot be
 * had the last good one serves on, bounded.
 *
 * @param endpoint another address than Firebase's is for tests
 * @throws of the call: UpstreamError `service.vendor_unavailable`
 */
export function createAppCheckKeys(network: Network, endpoint: Partial<Endpoint> = {}): () => Promise<JsonValue> {
  const { clock } = network;
  const call = createLine(network, { name: NAME, url: URL_KEYS, ...endpoint });
  let held: KeySet | undefined;
  let underWay: Promise<JsonValue> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  /** What a clock that was set back makes of the times is not known: the copy is then asked for anew. */
  const isFresh = (now: number) => held !== undefined && held.fetchedAt <= now && now < held.freshUntil;
  const isUsable = (now: number) => held !== undefined && held.fetchedAt <= now && now < held.freshUntil + STALE_MS;

  async function fetched(): Promise<JsonValue> {
    const now = clock();
    try {
      const reply = await call({ method: 'GET', headers: { accept: 'application/json' } });
      if (reply.status !== 200) unexpectedStatus(NAME, reply);
      const set = readAnswer(NAME, reply, json);
      assertKeys(set);
      held = { set, fetchedAt: now, freshUntil: now + lifetimeOf(reply.headers, BOUNDS) };
      return set;
    } catch (error) {
      failedAt = now;
      if (held !== undefined && isUsable(now)) return held.set;
      throw error;
    }
  }

  return () => {
    const now = clock();
    if (held !== undefined && isFresh(now)) return Promise.resolve(held.set);
    const isCooling = now >= failedAt && now - failedAt < COOLDOWN_MS;
    if (isCooling && held !== undefined && isUsable(now)) return Promise.resolve(held.set);
    if (isCooling) return Promise.reject(unavailable(NAME, 'asked a moment ago in vain'));
    underWay ??= fetched().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** A set that cannot be used is the publisher's fault here, and never replaces one that can. */
function assertKeys(set: JsonValue): void {
  try {
    readAppCheckKeys(set);
  } catch (error) {
    if (error instanceof ConfigError) throw unavailable(NAME, error.code, error.detail.expected);
    throw error;
  }
}
