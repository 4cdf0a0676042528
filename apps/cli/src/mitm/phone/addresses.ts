import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

export const isLoopback = (address: string): boolean => /^127\.|^::1$/.test(address);

/** As part of an address with a port. */
export const bracketed = (address: string): string => (isIPv6(address) ? `[${address}]` : address);

/** Addresses under which a listener is reached: its own, or those of this machine where it listens on all. */
export function reachedAt(address: string): readonly string[] {
  if (address !== '0.0.0.0' && address !== '::') return [address];
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const found = all.filter(({ internal, family }) => !internal && family === 'IPv4').map((each) => each.address);
  return found.length === 0 ? ['127.0.0.1'] : found;
}
