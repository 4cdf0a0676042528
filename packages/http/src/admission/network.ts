import { networkShareOf } from '@assay/service';

/**
 * The network that a budget counts by: /24 for IPv4 (also when mapped into IPv6), /48 for IPv6. Anything else shares
 * one name, so that an unreadable address never gets a budget of its own.
 */
export function networkOf(address: string): string {
  return networkShareOf(address) ?? 'unknown';
}
