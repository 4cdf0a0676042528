import { isIP } from 'node:net';
import { fault } from '../reasons.ts';
import { type LookOptions, type LookTarget, look } from './net/look.ts';

/** A host whose chain is looked at, and the address to connect to where that is another. */
export type HostTarget = LookTarget;

export interface ConnectOptions extends Omit<LookOptions, 'trust'> {
  /** `none` takes the chain as it is sent, without a trust decision; `system` validates it by Node's roots; else PEM roots. */
  readonly trust: 'none' | 'system' | { readonly pem: string };
}

/** @throws RequestError `cli.usage` for anything but `host`, `host:port`, `v6`, `[v6]`, `[v6]:port` */
export function parseHost(text: string, defaultPort = 443): { readonly host: string; readonly port: number } {
  if (isIP(text) === 6) return { host: text, port: defaultPort };
  const [, v6, name, digits = String(defaultPort)] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]{1,253}))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = v6 ?? name;
  const port = Number(digits);
  if (host !== undefined && port > 0 && port < 65_536 && (v6 === undefined || isIP(v6) === 6)) return { host, port };
  throw fault('cli.usage', {
    message: 'this is no host',
    expected: 'HOST or HOST:PORT',
    found: text,
    hint: nextFor(text),
  });
}

/** What people paste most is the address of the browser. */
function nextFor(text: string): string {
  const [, host] = /^[a-z]+:\/\/([A-Za-z0-9.:[\]-]+)/i.exec(text) ?? [];
  if (host !== undefined) return `write ${host}`;
  return text.includes('*') ? 'name a host beneath it that is in use' : 'add --help to the command';
}

/**
 * The certificates that a host sends in its TLS handshake, leaf first, DER.
 *
 * @throws UpstreamError `cli.host_unreachable`, `cli.host_untrusted`
 */
export async function servedChain(
  target: HostTarget,
  { trust, ...options }: ConnectOptions,
): Promise<readonly Uint8Array[]> {
  const { chain, refusal } = await look(target, { ...options, roots: rootsFor(trust) });
  if (trust === 'none' || refusal === undefined) return chain;
  throw fault('cli.host_untrusted', { message: `the chain of ${target.host} does not validate`, found: refusal });
}

/** With an empty store the peer's chain is what the peer sent, and nothing that this machine adds. */
function rootsFor(trust: ConnectOptions['trust']): readonly string[] | undefined {
  if (trust === 'none') return [];
  return trust === 'system' ? undefined : [trust.pem];
}
