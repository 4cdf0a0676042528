import type { PolicyHost } from '../../policy/model.ts';
import type { Plist } from './property-list.ts';

const LISTS = { leaf: 'NSPinnedLeafIdentities', ca: 'NSPinnedCAIdentities' } as const;

/** `NSAppTransportSecurity` with the pinned hosts. The pins of a host are of one kind: two lists would both have to match. */
export function atsDictionary(hosts: readonly PolicyHost[]): Plist {
  return { NSPinnedDomains: Object.fromEntries(hosts.map((host) => [host.host, domainOf(host)])) };
}

function domainOf({ subdomains, pins }: PolicyHost): Plist {
  const list = LISTS[pins[0]?.position ?? 'leaf'];
  return {
    NSIncludesSubdomains: subdomains === 'one',
    [list]: pins.map(({ spki }) => ({ 'SPKI-SHA256-BASE64': spki })),
  };
}
