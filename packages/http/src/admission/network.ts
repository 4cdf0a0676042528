import { isIP } from 'node:net';

/**
 * The network that a budget counts by: /24 for IPv4 (also when mapped into IPv6), /48 for IPv6. Anything else shares
 * one name, so that an unreadable address never gets a budget of its own.
 */
export function networkOf(address: string): string {
  const mapped = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  if (isIP(mapped) === 4) return `${mapped.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(address) === 6) return `${firstGroups(address)}::/48`;
  return 'unknown';
}

/** The first three groups of an IPv6 address, written out. */
function firstGroups(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
