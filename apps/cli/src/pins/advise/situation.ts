import { BlockList } from 'node:net';
import { attributeValues } from '@assay/x509';
import type { Looked } from '../looked.ts';

/**
 * Who decides about the keys of a host: `own_short` and `own_long` its owner, by certificates of up to 100 days or longer;
 * `managed` a provider that changes keys and issuers without asking; `private` an authority of one's own.
 */
export type Situation = 'own_short' | 'own_long' | 'managed' | 'private';

/** A provider that serves its customers' hosts by keys of its own. */
export interface Provider {
  readonly name: string;
  /** Owners of every root that it may issue under, by the names that known authorities go by. */
  readonly pool: readonly string[];
  /** Organisations whose certificates are this provider's, as a rule: both Amazon and Google also issue to others. */
  readonly issuers: readonly string[];
  readonly ranges: readonly string[];
  readonly source: string;
}

/** The first that fits. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'Cloudflare',
    pool: ["Let's Encrypt", 'Google Trust Services', 'SSL Corporation', 'Sectigo'],
    issuers: ['Cloudflare, Inc.', 'CLOUDFLARE, INC.'],
    ranges: [
      ...['173.245.48.0/20', '103.21.244.0/22', '103.22.200.0/22', '103.31.4.0/22', '141.101.64.0/18'],
      ...['108.162.192.0/18', '190.93.240.0/20', '188.114.96.0/20', '197.234.240.0/22', '198.41.128.0/17'],
      ...['162.158.0.0/15', '104.16.0.0/13', '104.24.0.0/14', '172.64.0.0/13', '131.0.72.0/22', '2400:cb00::/32'],
      ...['2606:4700::/32', '2803:f800::/32', '2405:b500::/32', '2405:8100::/32', '2a06:98c0::/29', '2c0f:f248::/32'],
    ],
    source:
      'developers.cloudflare.com/ssl/edge-certificates/backup-certificates, 2026-11; addresses: cloudflare.com/ips',
  },
  {
    name: 'Amazon',
    pool: ['Amazon'],
    issuers: ['Amazon'],
    ranges: [],
    source: 'amazontrust.com/repository',
  },
  {
    name: 'Google',
    pool: ['Google Trust Services'],
    issuers: ['Google Trust Services', 'Google Trust Services LLC'],
    ranges: [],
    source: 'pki.goog/repository',
  },
];

/** Names of an organisation (RFC 5280 A.1, id-at-organizationName). */
const ORGANISATION = '2.5.4.10';

/** The provider that a chain shows by who answered or by who issued; undefined for a host of its owner. */
export function providerOf({ path, addresses }: Pick<Looked, 'path' | 'addresses'>): Provider | undefined {
  const [leaf] = path.valid ? path.certificates : [];
  const organisations = leaf === undefined ? [] : attributeValues(leaf.issuer, ORGANISATION);
  return PROVIDERS.find(
    ({ issuers, ranges }) => issuers.some((issuer) => organisations.includes(issuer)) || isWithin(addresses, ranges),
  );
}

function isWithin(addresses: readonly string[], ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/');
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return addresses.some((address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4'));
}

/** Longest life of a certificate that its owner renews by a machine. */
const SHORT_DAYS = 100;

export function situationOf(lifetimeDays: number, isPublic: boolean, provider: Provider | undefined): Situation {
  if (!isPublic) return 'private';
  if (provider !== undefined) return 'managed';
  return lifetimeDays <= SHORT_DAYS ? 'own_short' : 'own_long';
}
