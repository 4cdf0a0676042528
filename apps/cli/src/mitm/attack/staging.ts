import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Forward, Need, Scene, Victim } from '@assay/mitm/attacks';
import { textOf, type Values, type World } from '../../command.ts';
import { fault } from '../../reasons.ts';
import { random } from '../../up/random.ts';
import { type Keeper, openKeeper } from '../keeper.ts';
import { type Interception, openInterception } from './interception.ts';
import type { AttackLab } from './lab.ts';
import { createTlsForward } from './upstream.ts';

/** What is attacked instead of a lab: an operator's own, with a client of his that calls it once. */
export interface Staging {
  /** The address that the client calls, by GET. */
  readonly api: URL;
  /** The issuer of the API's tokens. */
  readonly issuer: URL;
  /** For `sh -c`; it must speak through HTTPS_PROXY and trust the authority in ASSAY_CA. */
  readonly command: string;
  /** Authorities of the staging itself, PEM, where Node knows them not. */
  readonly authorities?: string;
}

/** All three options or none. @throws RequestError `cli.usage` */
export function stagingOf(values: Values): Staging | undefined {
  const [api, issuer, command] = ['api', 'issuer', 'exec'].map((name) => textOf(values, name));
  if (api === undefined && issuer === undefined && command === undefined) return undefined;
  if (command === undefined || command === '') throw fault('cli.usage', { expected: '--exec COMMAND' });
  return { api: addressOf('api', api), issuer: addressOf('issuer', issuer), command };
}

function addressOf(name: string, text = ''): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '') return url;
  throw fault('cli.usage', { message: `--${name} is no address`, expected: 'https://HOST/PATH' });
}

/** A call that passes can be replayed, one that is held back can be altered: everything else takes the lab. */
const OFFERS: readonly Need[] = ['capture', 'hold'];
const NOBODY = 'nobody.invalid';
/** For one run of the client. */
const LIMIT_MS = 30_000;

/** Opens the proxy in front of the operator's client. */
export async function openStaging(world: World, staging: Staging): Promise<AttackLab> {
  const { api, issuer, authorities } = staging;
  const mark = `assay-${randomBytes(8).toString('hex')}`;
  const keeper = openKeeper(mark);
  const ports = new Map([api, issuer].map(({ hostname, port }) => [hostname, Number(port || '443')]));
  const forward = createTlsForward(ports, authorities);
  try {
    const interception = await openInterception(forward, [...ports.keys()]);
    const call = callerOf(world, staging, interception, keeper, mark);
    const stop = async () => {
      await interception.close();
      await keeper.close();
    };
    return { scene: sceneOf(world, staging, interception, forward, call), folder: keeper.folder, stop };
  } catch (error) {
    await keeper.close();
    throw error;
  }
}

type Call = Victim['call'];

/** Runs the client once. What it got is what passed through the proxy. */
function callerOf(
  { env, cwd, signal }: World,
  { api, command }: Staging,
  { port, authority, seen }: Interception,
  keeper: Keeper,
  mark: string,
): Call {
  const proxy = `http://127.0.0.1:${port}`;
  const proxies = { HTTPS_PROXY: proxy, https_proxy: proxy, ALL_PROXY: proxy, NO_PROXY: '', no_proxy: '' };
  const own = { ASSAY_URL: api.href, ASSAY_CA: keeper.write('ca.pem', authority), ASSAY_RUN: mark };
  return async () => {
    if (signal.aborted) return { kind: 'threw' };
    const from = seen.length;
    const environment = { ...env, ...proxies, ...own };
    const child = spawn('/bin/sh', ['-c', command], { cwd, env: environment, detached: true, stdio: 'ignore' });
    await endOf(child, keeper, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
    const last = seen.slice(from).findLast(({ request }) => request.host === api.hostname);
    return last === undefined ? { kind: 'threw' } : { kind: 'ok', status: last.answer.status };
  };
}

/** Its own end, or ours when it takes too long; whatever it started goes with it. */
async function endOf(child: ChildProcess, keeper: Keeper, impatience: AbortSignal): Promise<void> {
  const { pid } = child;
  const exit = once(child, 'exit');
  if (pid === undefined) return void (await exit);
  keeper.adopt(pid);
  const end = () => keeper.end(pid);
  impatience.addEventListener('abort', end);
  await exit.finally(() => impatience.removeEventListener('abort', end));
  end();
}

function sceneOf(
  world: World,
  { api, issuer }: Staging,
  interception: Interception,
  forward: Forward,
  call: Call,
): Scene {
  const { pathname, search } = api;
  const hosts = { wallet: NOBODY, partner: NOBODY, production: NOBODY, attacker: NOBODY };
  const lacking = () => Promise.reject(new Error('there is none of it at a staging'));
  const pins = { earlier: '', otherApp: '', current: '' };
  const victim: Victim = {
    ...{ call, refresh: lacking, rekey: lacking, secret: lacking, pins: lacking, reports: () => [] },
  };
  return {
    ...{ offers: new Set(OFFERS), hosts: { ...hosts, api: api.hostname, issuer: issuer.hostname } },
    routes: { read: pathname + search, write: pathname, whoami: `${pathname.replace(/\/$/, '')}/another` },
    ...{
      issuer: issuer.href.replace(/\/$/, ''),
      otherIssuer: '',
      app: '',
      otherApp: '',
      pinnedHost: '',
      secrets: ['', ''],
    },
    ...{ victim: async () => victim, stranger: lacking, tampering: interception.tampering, seen: interception.seen },
    ...{
      send: forward,
      sendRaw: lacking,
      knowsReasons: false,
      reasonsOf: async () => [],
      later: lacking,
      revoke: lacking,
    },
    ...{ replyKey: undefined, published: pins, now: world.now, random },
  };
}
