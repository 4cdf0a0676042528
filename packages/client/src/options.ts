import { type Clock, ConfigError, type Fetch, type Random } from '@assay/core';
import { isSecretName } from '@assay/secrets/box';
import { toTarget } from '@assay/tokens/wire';
import type { AttestationAdapter } from './adapter.ts';
import type { ClientEvent } from './events.ts';
import type { ClientCrypto, SecureStorage, Timer } from './ports.ts';
import { CLIENT_REASONS } from './reasons.ts';
import { SIGNAL_TIMES } from './signals/collector.ts';
import { type ClientSignals, createClientSignals } from './signals/signals.ts';
import type { SignalSource } from './signals/source.ts';
import type { Speaker } from './statement.ts';
import { createWatch, watchedAdapter, watchedCrypto, watchedStorage } from './watchdog.ts';

export interface ClientOptions {
  /** `https://HOST/t/{tenant}/e/{env}`. */
  readonly iss: string;
  readonly app: string;
  readonly appVersion: string;
  readonly appBuild?: string;
  /** Addresses of the APIs that tokens are wanted for, for example `https://api.example.com`. */
  readonly audiences: readonly string[];
  /** Names of the secrets that are wanted. */
  readonly secrets?: readonly string[];
  readonly adapter: AttestationAdapter;
  readonly crypto: ClientCrypto;
  readonly fetch: Fetch;
  /** Only differences count, so a monotonic clock is best. */
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: SecureStorage;
  /** How long a call into the platform may take. Milliseconds, 30 000 unless told otherwise. */
  readonly platformTimeoutMs?: number;
  /** What ends that wait; the runtime's own timers unless told otherwise. */
  readonly timer?: Timer;
  /** The signed root document compiled into the app: the keys that may sign replies and pins, and their successors. */
  readonly trustedRoot: string;
  /** The pin set compiled into the app. */
  readonly bundledPins?: string;
  readonly report?: (event: ClientEvent) => void;
  /** Libraries that look at the surroundings of the app; none is needed. */
  readonly signals?: readonly SignalSource[];
  /** The hour of the device in Unix milliseconds, to be compared with `clock` and with the server's: the signal `clock_moved`. */
  readonly wallClock?: Clock;
  /** Whether a rejection of `fetch` says that TLS or pins did not hold; by default by the codes of Node. */
  readonly isPinFailure?: (error: unknown) => boolean;
}

type Taken = 'report' | 'timer' | 'platformTimeoutMs' | 'signals' | 'wallClock' | 'isPinFailure';

/** The options in the form that the engine takes: every call into the platform is watched. */
export interface Settings extends Omit<ClientOptions, Taken> {
  readonly env: string;
  readonly speaker: Speaker;
  readonly report: (event: ClientEvent) => void;
  readonly signals: ClientSignals;
}

/** TLS, or a server on the same machine. */
const SAFE = /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$))/;
const ISSUER = /^https?:\/\/[^/?#]+\/t\/[^/?#]+\/e\/([^/?#]+)$/;
const MAX_AUDIENCES = 4;

/** @throws ConfigError `client.options_invalid` */
export function toSettings(options: ClientOptions): Settings {
  const { timer, platformTimeoutMs, signals: sources = [], wallClock, isPinFailure, ...given } = options;
  const { iss, app, appVersion, appBuild = appVersion, audiences, secrets = [], adapter } = given;
  const [, env] = ISSUER.exec(iss) ?? [];
  if (env === undefined || !SAFE.test(iss)) throw invalid('iss', 'https://HOST/t/{tenant}/e/{env}');
  if (audiences.length === 0 || audiences.length > MAX_AUDIENCES) throw invalid('audiences', `1 to ${MAX_AUDIENCES}`);
  if (!audiences.every(isAddress)) throw invalid('audiences', 'https addresses without query');
  if (!secrets.every(isSecretName)) throw invalid('secrets', 'names of letters, digits, dots, dashes, underscores');
  const speaker = { iss, app, version: appVersion, build: appBuild, os: adapter.os, audiences, secrets };
  const watch = createWatch(timer, platformTimeoutMs);
  const platform = {
    adapter: watchedAdapter(adapter, watch),
    storage: watchedStorage(given.storage, watch),
    crypto: watchedCrypto(given.crypto, watch),
  };
  const report = given.report ?? (() => {});
  const signals = createClientSignals({
    ...{ sources, platform: adapter.platform, clock: given.clock, wallClock, isPinFailure, report },
    watch: createWatch(timer, SIGNAL_TIMES.wait),
  });
  return { ...given, ...platform, fetch: signals.watching(given.fetch), env, speaker, report, signals };
}

/** In the form that tokens compare addresses in, so that a request is matched with its audience without doubt. */
function isAddress(audience: string): boolean {
  try {
    if (!SAFE.test(audience)) return false;
    return toTarget(audience) === (audience.includes('/', 'https://'.length) ? audience : `${audience}/`);
  } catch {
    return false;
  }
}

function invalid(option: string, expected: string): ConfigError {
  const { code, summary, hint } = CLIENT_REASONS['client.options_invalid'];
  return new ConfigError(code, `${option}: ${summary}`, { expected, hint });
}
