import type { KeyObject } from 'node:crypto';
import type { Clock, Fetch } from '@assay/core';
import { fault } from '../fault.ts';
import { JWKS_MAX_BYTES, parseJwks } from './jwks.ts';
import type { KeySource } from './key-source.ts';

export interface JwksSourceOptions {
  readonly fetch: Fetch;
  /** https, or http to this very machine. */
  readonly url: string;
  readonly clock: Clock;
  /** A set older than this is fetched anew in the background when it is used. Default 5 minutes. */
  readonly refreshAfterMs?: number;
  /** Least time between two fetches, whatever tokens ask for. Default 30 s. */
  readonly cooldownMs?: number;
  /** A set older than this is not used any more. Default 24 h. */
  readonly maxAgeMs?: number;
  /** Default 5 s. */
  readonly timeoutMs?: number;
  /** Told about every failed fetch; the last good set stays in use, also when this throws. */
  readonly onFailure?: (error: unknown) => void | Promise<void>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface KeySet {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly fetchedAt: number;
}

/**
 * Keys out of an issuer's JWKS. Unknown names cause one fetch in 30 s for the whole process, so that a flood of invented
 * names costs nothing; the last good set is kept up to `maxAgeMs`, then everything is refused.
 *
 * @throws ConfigError `tokens.config_invalid` for an address that anybody on the way could answer
 */
export function createJwksSource(options: JwksSourceOptions): KeySource {
  assertAddress(options.url);
  const { clock, refreshAfterMs = 5 * MINUTE, cooldownMs = 30 * SECOND, maxAgeMs = 24 * HOUR, onFailure } = options;
  let set: KeySet | undefined;
  let lastAttempt = Number.NEGATIVE_INFINITY;
  let inFlight: Promise<void> | undefined;

  function usable(): KeySet | undefined {
    const now = clock();
    // Since the clock was set back nobody knows how old the set is: it is due for a refresh, and lasts a day from now at most.
    if (set !== undefined && now < set.fetchedAt) set = { ...set, fetchedAt: now - refreshAfterMs };
    return set !== undefined && now - set.fetchedAt < maxAgeMs ? set : undefined;
  }

  /** Resolves when the one fetch in flight has ended, well or not; fetches nothing during the cooldown. */
  function refresh(): Promise<void> {
    const now = clock();
    if (inFlight !== undefined) return inFlight;
    // An attempt in the future was made before the clock was set back.
    if (now >= lastAttempt && now - lastAttempt < cooldownMs) return Promise.resolve();
    lastAttempt = now;
    inFlight = fetchKeys(options)
      .then(
        (keys) => {
          set = { keys, fetchedAt: now };
        },
        (error: unknown) => void tell(onFailure, error),
      )
      .finally(() => {
        inFlight = undefined;
      });
    return inFlight;
  }

  function current(kid: string): KeyObject | undefined {
    const now = usable();
    if (now !== undefined && clock() - now.fetchedAt >= refreshAfterMs) void refresh();
    return now?.keys.get(kid);
  }

  return {
    current,
    async find(kid) {
      const known = current(kid);
      if (known !== undefined) return known;
      await refresh();
      const after = usable();
      if (after === undefined) throw fault('tokens.jwks_unavailable');
      return after.keys.get(kid);
    },
  };
}

async function tell(onFailure: JwksSourceOptions['onFailure'], error: unknown): Promise<void> {
  try {
    await onFailure?.(error);
  } catch {
    // The last good set stays in use, whatever becomes of the news.
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function assertAddress(url: string): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const isPrivate = protocol === 'http:' && LOOPBACK.has(hostname);
  if (protocol !== 'https:' && !isPrivate)
    throw fault('tokens.config_invalid', { expected: 'an https address of the JWKS' });
}

async function fetchKeys({
  fetch,
  url,
  timeoutMs = 5 * SECOND,
}: JwksSourceOptions): Promise<ReadonlyMap<string, KeyObject>> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(
    new Request(url, { redirect: 'error', signal, headers: { accept: 'application/json' } }),
  );
  if (response.status !== 200) {
    await response.body?.cancel();
    throw fault('tokens.jwks_unavailable', { found: `status ${response.status}` });
  }
  return parseJwks(await readBody(response));
}

async function readBody(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > JWKS_MAX_BYTES)
      throw fault('tokens.jwks_unavailable', { expected: `at most ${JWKS_MAX_BYTES} bytes` });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
