import { ConfigError } from '@assay/core';
import type { Address, Config } from './schema.ts';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Rules that concern more than one member; each stops a start that would weaken something in silence.
 * @throws ConfigError naming what to set.
 */
export function checkConfig(config: Config): void {
  for (const rule of RULES) rule(config);
}

const RULES: readonly ((config: Config) => void)[] = [
  originIsEncrypted,
  tlsIsWhole,
  noClearTextBeyondLoopback,
  operatorListenerIsLoopback,
  testRootsOnlyInDevelopment,
  trustSourcesAreAuthentic,
  advisoriesAreSigned,
];

/** The origin is what apps call: beyond this machine it is never clear text, whatever terminates TLS. */
function originIsEncrypted({ origin }: Config): void {
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, ''))) return;
  throw new ConfigError('server.clear_text_refused', 'apps do not call a clear-text origin beyond loopback', {
    expected: 'an https origin',
    found: origin,
  });
}

function tlsIsWhole({ tlsCert, tlsKey }: Config): void {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return;
  throw new ConfigError('server.tls_incomplete', 'a certificate needs its key, and a key its certificate', {
    expected: 'both ASSAY_TLS_CERT and ASSAY_TLS_KEY, or neither',
  });
}

function noClearTextBeyondLoopback({ listen, tlsCert, tlsTerminatedBy }: Config): void {
  if (isLoopback(listen.host) || tlsCert !== undefined || tlsTerminatedBy !== undefined) return;
  throw new ConfigError('server.clear_text_refused', 'clear text is not served beyond loopback', {
    expected: 'ASSAY_TLS_CERT and ASSAY_TLS_KEY, or ASSAY_TLS_TERMINATED_BY naming the proxy that terminates TLS',
    found: `listen on ${show(listen)} without either`,
  });
}

function operatorListenerIsLoopback({ adminListen }: Config): void {
  if (isLoopback(adminListen.host)) return;
  throw new ConfigError('server.clear_text_refused', 'the operator listener speaks clear text and stays on loopback', {
    expected: 'a loopback address; reach it through SSH or a proxy with TLS and authentication',
    found: show(adminListen),
  });
}

/** One process never holds test roots and a production environment, wherever each is configured. */
function testRootsOnlyInDevelopment({ testRoots, environments }: Config): void {
  if (testRoots === undefined) return;
  const other = environments.find((environment) => environment.kind !== 'development');
  if (other === undefined) return;
  throw new ConfigError(
    'server.test_roots_refused',
    'test roots do not load beside an environment that is not development',
    {
      expected: 'only environments of kind development',
      found: `${other.tenant}/${other.name} of kind ${other.kind}`,
      hint: 'run development in a process of its own',
    },
  );
}

/** Whether status list and roots are fetched: everywhere but in processes that are for development alone, and as configured. */
export function refreshesTrust({
  trustRefresh,
  testRoots,
  environments,
}: Pick<Config, 'trustRefresh' | 'testRoots' | 'environments'>): boolean {
  if (trustRefresh !== undefined) return trustRefresh === 'on';
  return testRoots === undefined && environments.some(({ kind }) => kind !== 'development');
}

/** What is fetched is believed on the word of TLS: clear text never leaves this machine. */
function trustSourcesAreAuthentic({ trustSources, advisories }: Config): void {
  const names = trustSources.map(({ source }) => source);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ConfigError('server.config_invalid', 'one source has two addresses', { found: twice });
  }
  const isAddress = advisories !== undefined && /^\w+:\/\//.test(advisories);
  for (const url of [...trustSources.map(({ url: each }) => each), ...(isAddress ? [advisories] : [])]) {
    const { protocol, hostname, origin } = new URL(url);
    if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')))) continue;
    throw new ConfigError('server.clear_text_refused', 'trust data is not fetched in clear text', {
      expected: 'an https address',
      found: origin === 'null' ? protocol : origin,
    });
  }
}

function advisoriesAreSigned({ advisories, advisoriesKeys }: Config): void {
  if ((advisories === undefined) === (advisoriesKeys.length === 0)) return;
  throw new ConfigError('server.advisories_incomplete', 'advisories need a key to be verified with', {
    expected: 'both ASSAY_ADVISORIES and ASSAY_ADVISORIES_KEYS, or neither',
  });
}

function show({ host, port }: Address): string {
  return `${host}:${port}`;
}
