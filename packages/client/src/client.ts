import { ConfigError } from '@assay/core';
import type { Enforcement } from '@assay/pins/wire';
import { type ApiContext, callApi } from './api-fetch.ts';
import { Engine } from './engine.ts';
import { FLOORS } from './floors.ts';
import { type ClientOptions, type Settings, toSettings } from './options.ts';
import type { Outcome } from './outcome.ts';
import { CLIENT_REASONS, type ClientCode } from './reasons.ts';
import type { HeldSecret, HeldToken } from './vault.ts';

/**
 * The app's side of the protocol. Every call says what it came to; none of them throws for what a network can do.
 *
 * @throws UpstreamError `client.platform_timeout`, retryable, from any call while the storage or the key of a proof hangs
 */
export interface Client {
  /** Calls an API with token and proof. @throws ConfigError, RequestError as `callApi`; what `fetch` rejects with */
  fetch(request: Request): Promise<Outcome<{ readonly response: Response }>>;
  /** A live token for an API: the held one, or one of a refresh. */
  token(audience: string): Promise<Outcome<{ readonly token: HeldToken }>>;
  /** A secret, for as long as the server lets the app know it. */
  secret(name: string): Promise<Outcome<HeldSecret>>;
  /** Asks the server now, unless a floor forbids it. */
  refresh(): Promise<Outcome>;
  /** Replaces the instance key within its lineage. */
  rekey(): Promise<Outcome>;
  /** What the pins in force say about a connection. Asks nobody. */
  pinsFor(hostname: string): Promise<Enforcement>;
}

/**
 * Makes a client.
 *
 * @example
 * const client = createClient({ iss, app, appVersion, audiences, adapter, crypto, fetch, clock, random, storage, trustedRoot });
 * const outcome = await client.fetch(new Request('https://api.example.com/accounts'));
 * if (outcome.kind === 'ok') show(outcome.response);
 *
 * @throws ConfigError `client.options_invalid`; its calls reject with RequestError `pins.*` when `trustedRoot` is not the
 * signed root document of this app and environment
 */
export function createClient(options: ClientOptions): Client {
  const settings = toSettings(options);
  let starting: Promise<Engine> | undefined;
  const start = (): Promise<Engine> => {
    starting ??= Engine.start(settings).catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };
  const nonces = new Map<string, string>();
  return {
    fetch: async (request) => callApi(request, apiContext(await start(), settings, nonces)),
    token: async (audience) => tokenFor(await start(), settings, audience, false),
    secret: async (name) => secretOf(await start(), settings, name),
    refresh: async () => (await start()).fly(),
    rekey: async () => (await start()).fly('rekey'),
    pinsFor: async (hostname) => (await start()).enforcement(hostname),
  };
}

function apiContext(engine: Engine, settings: Settings, nonces: Map<string, string>): ApiContext {
  const { audiences, fetch, crypto, random } = settings;
  return {
    ...{ audiences, fetch, crypto, random, nonces },
    now: () => engine.serverTime,
    instance: () => engine.instance,
    token: (audience, anew) => tokenFor(engine, settings, audience, anew),
  };
}

/** A refresh that is due may fail while the token lives; one that an API asked for may not come too often. */
async function tokenFor(
  engine: Engine,
  { audiences, clock }: Settings,
  audience: string,
  anew: boolean,
): Promise<Outcome<{ readonly token: HeldToken }>> {
  if (!audiences.includes(audience)) throw misused('client.audience_unknown');
  const { vault } = engine;
  const held = vault.token(audience, clock());
  if (vault.lacks(audience, clock())) return notGranted(vault.support, clock());
  const isWanted = held === undefined || (anew ? !engine.hasJustFlown : vault.isDue(clock()));
  const outcome = isWanted ? await engine.fly() : undefined;
  const token = vault.token(audience, clock());
  if (token !== undefined) return { kind: 'ok', support: vault.support, token };
  return outcome === undefined || outcome.kind === 'ok' ? notGranted(vault.support, clock()) : outcome;
}

async function secretOf(engine: Engine, { speaker, clock }: Settings, name: string): Promise<Outcome<HeldSecret>> {
  if (!speaker.secrets.includes(name)) throw misused('client.secret_unknown');
  const { vault } = engine;
  const held = vault.secret(name, clock());
  if (held !== undefined) return { kind: 'ok', support: vault.support, ...held };
  if (vault.lacks(name, clock())) return notGranted(vault.support, clock());
  const outcome = await engine.fly();
  if (outcome.kind !== 'ok') return outcome;
  const secret = vault.secret(name, clock());
  return secret === undefined ? notGranted(vault.support, clock()) : { kind: 'ok', support: vault.support, ...secret };
}

function notGranted(support: string, now: number) {
  return { kind: 'config', code: 'client.not_granted', support, retryAt: now + FLOORS.flat } as const;
}

function misused(code: ClientCode): ConfigError {
  const { summary, hint } = CLIENT_REASONS[code];
  return new ConfigError(code, summary, { hint });
}
