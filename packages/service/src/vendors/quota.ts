/**
 * What a vendor allows in a day, shared out: nobody's junk may use it up (`docs/protocol.md`, Limits). Of the quota each network
 * has one hundredth in an hour for keys that are new and another for keys that are known, since carriers put many phones behind
 * one address: whoever floods with new keys does not stop his neighbours. The last fifth of the day is kept for known keys too.
 */
import type { Store } from '@assay/core';
import { fault } from '../fault.ts';
import { networkShareOf } from '../networks.ts';
import { unavailable } from './endpoint.ts';

export interface Spending {
  readonly iss: string;
  /** Vendor and subject, for example `play:com.example.bank`. */
  readonly vendor: string;
  /** Calls that the vendor allows in a day. */
  readonly quota: number;
  readonly address: string | undefined;
  /** Whether the key that asks is known already: it may go to the reserve. */
  readonly isKnown: boolean;
}

const NETWORK_SHARE = 0.01;
const RESERVE = 0.2;
/** Of the quota's rows that no network owns. */
const [EVERYBODY, KEPT] = ['(all)', '(reserve)'] as const;
/** Behind a network, where what counts are its known keys. */
const KNOWN = ' (known)';

/** Calls that one network may cause in an hour. */
export const shareOf = (quota: number): number => Math.max(1, Math.floor(quota * NETWORK_SHARE));

/** Calls that only refreshes may cause. */
export const reserveOf = (quota: number): number => Math.ceil(quota * RESERVE);

/**
 * Counts one call, or says why it must not be made. The network comes first: one that is over its share touches nobody else's.
 *
 * @throws UpstreamError `service.vendor_share_spent`, which is no outage: else a flood would weaken the very checks that it
 * meets; `service.vendor_unavailable` when the day's quota is spent
 */
export async function spend(store: Pick<Store, 'spendQuota'>, spending: Spending, at: number): Promise<void> {
  const { iss, vendor, quota, address, isKnown } = spending;
  const [day, hour] = [isoOf(at).slice(0, 10), isoOf(at).slice(0, 13)];
  const take = (period: string, network: string, max: number) =>
    store.spendQuota({ iss, vendor, period, network }, max);
  const network = networkOf(address) + (isKnown ? KNOWN : '');
  if (!(await take(hour, network, shareOf(quota)))) {
    throw fault('service.vendor_share_spent', { expected: `at most ${shareOf(quota)} calls an hour from one network` });
  }
  const reserve = reserveOf(quota);
  if (await take(day, EVERYBODY, quota - reserve)) return;
  if (isKnown && (await take(day, KEPT, reserve))) return;
  throw unavailable(vendor, isKnown ? 'the quota of the day is spent' : 'what the day has for enrolments is spent');
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** /24 or /48, never a whole address; whatever has none shares one name. */
function networkOf(address = ''): string {
  return networkShareOf(address) ?? 'unknown';
}
