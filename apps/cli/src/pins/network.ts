import { numberOf, textOf, type Values, type World } from '../command.ts';
import { fault } from '../reasons.ts';
import { parseHost } from './host.ts';
import type { LookOptions } from './net/look.ts';
import { parseProxy } from './net/proxy.ts';
import { startTlsOf } from './net/starttls.ts';

/** Options of every command that looks at hosts, for parseArgs. */
export const NETWORK_OPTIONS = {
  sni: { type: 'string' },
  starttls: { type: 'string' },
  proxy: { type: 'string' },
  family: { type: 'string' },
  timeout: { type: 'string' },
} as const;

export const NETWORK_HELP = `  --starttls NAME          begin in the clear: smtp, imap, pop3, ftp, postgres, mysql, ldap, xmpp, xmpp-server
  --sni NAME               name in the handshake, and name that the certificate must be for (default: the host)
  --proxy URL              http://HOST:PORT (CONNECT), socks5://…, or env for HTTPS_PROXY, which may hold a password
  --family 4|6             only addresses of IPv4 or of IPv6
  --timeout SECONDS        for each connection, all of it (default 10)`;

const DEFAULT_SECONDS = 10;

/** @throws RequestError `cli.usage` */
export function lookOptionsOf({ env, signal }: World, values: Values): LookOptions {
  const proxy = textOf(values, 'proxy');
  return {
    timeoutMs: (numberOf(values, 'timeout', 1, 600) ?? DEFAULT_SECONDS) * 1000,
    signal,
    sni: sniOf(textOf(values, 'sni')),
    startTls: startTlsOf(textOf(values, 'starttls')),
    proxy: proxy === undefined ? undefined : parseProxy(proxy, env),
    family: familyOf(textOf(values, 'family')),
  };
}

/** Only a bare name: it is written into conversations before TLS. */
function sniOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseHost(text.includes(':') ? '' : text).host;
}

function familyOf(text: string | undefined): 4 | 6 | undefined {
  if (text === undefined) return undefined;
  if (text === '4') return 4;
  if (text === '6') return 6;
  throw fault('cli.usage', { message: '--family is out of range', expected: '4 or 6', found: text });
}
