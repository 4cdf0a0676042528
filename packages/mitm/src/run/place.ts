import { isIPv6 } from 'node:net';
import type { Case } from '../case.ts';
import type { Place, RunWay } from './ports.ts';

export interface Route {
  readonly way: RunWay;
  readonly address: string;
  readonly port: number;
  /** What the address of a request holds, so that it is known again: `assay-<16 hex>/<case id>`. */
  readonly marker: string;
  readonly host: string;
  readonly secondHost: string;
}

/** Where the client of one case is sent. Only the direct way names the listener's port: else a proxy or a firewall knows it. */
export function placeOf({
  way,
  address,
  port,
  marker,
  host,
  secondHost,
}: Route): Omit<Place, 'fingerprint' | 'reportUrl' | 'pinsUrl'> {
  const suffix = way === 'direct' ? `:${port}` : '';
  const urlOf = (scheme: string, name: string): string =>
    `${scheme}://${isIPv6(name) ? `[${name}]` : name}${suffix}/${marker}`;
  return {
    ...{ way, address, port, host, secondHost },
    url: urlOf('https', host),
    secondUrl: urlOf('https', secondHost),
    plainUrl: urlOf('http', host),
  };
}

/** The first words of the path that all requests of one run share. */
export const markerOf = (run: string, item: Case): string => `assay-${run}/${item.id}`;
