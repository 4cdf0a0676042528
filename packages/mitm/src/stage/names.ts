import { isIPv6 } from 'node:net';

/** A host and port as somebody named them: host in lower case, without the root's dot or an address' brackets. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export function normalHost(host: string): string {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  // One address has many forms in version 6; the URL standard knows the shortest, and none with a zone.
  const url = `http://[${name}]`;
  return isIPv6(name) && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : name.replace(/\.$/, '');
}

/** `host`, `host:port` or `[address]:port` in printable ASCII; `undefined` for anything else. */
export function parseTarget(text: string, port: number): Target | undefined {
  if (!/^[!-~]+$/.test(text)) return undefined;
  const parts = /^(\[[0-9A-Fa-f:.]{2,45}\]|[^:/@[\]]{1,255})(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1];
  const named = Number(parts?.[2] ?? port);
  if (host === undefined || named < 1 || named > 65_535) return undefined;
  return { host: normalHost(host), port: named };
}
