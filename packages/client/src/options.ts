import { type Clock, ConfigError, type Fetch, type Random } from '@assay/core';
import { isSecretName } from '@assay/secrets/box';
import { toTarget } from '@assay/tokens/wire';
import type { AttestationAdapter } from './adapter.ts';
import type { ClientCrypto, SecureStorage, Timer } from './ports.ts';
import { CLIENT_REASONS } from './reasons.ts';
import type { Speaker } from './statement.ts';
import { createWatch, watchedAdapter, watchedCrypto, watchedStorage } from './watchdog.ts';

/** Something that operators or developers should hear of; nothing secret is in it. */
export interface ClientEvent {
  /** `document`: a pin set or root document was not taken. `secret`: a box was not opened. `reply`: a reply was not believed. */
  readonly about: 'document' | 'secret' | 'reply';
  readonly code: string;
  /** Name of the secret. */
  readonly name?: string;
}

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
}

/** The options in the form that the engine takes: every call into the platform is watched. */
export interface Settings extends Omit<ClientOptions, 'report' | 'timer' | 'platformTimeoutMs'> {
  readonly env: string;
  readonly speaker: Speaker;
  readonly report: (event: ClientEvent) => void;
}

/** TLS, or a server on the same machine. */
const SAFE = /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$))/;
const ISSUER = /^https?:\/\/[^/?#]+\/t\/[^/?#]+\/e\/([^/?#]+)$/;
const MAX_AUDIENCES = 4;

/** @throws ConfigError `client.options_invalid` */
export function toSettings(options: ClientOptions): Settings {
  const { timer, platformTimeoutMs, ...given } = options;
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
  return { ...given, ...platform, env, speaker, report: given.report ?? (() => {}) };
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
