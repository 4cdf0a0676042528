import { isIPv4, isIPv6 } from 'node:net';

/** The octets of an address in text, 4 or 16 of them; undefined when the text is no address. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  return isIPv6(text) && !text.includes('%') ? parseIpv6(text) : undefined;
}

/** `text` is known to be an IPv6 address: groups, one `::` at most, perhaps dotted decimals at the end. */
function parseIpv6(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const [front, back] = [ipv6Octets(head), ipv6Octets(tail ?? '')];
  return Uint8Array.from([...front, ...new Array<number>(16 - front.length - back.length).fill(0), ...back]);
}

function ipv6Octets(groups: string): number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The one text form of an address: dotted decimal (RFC 3986 3.2.2) or RFC 5952. */
export function formatIpAddress(octets: Uint8Array): string {
  return octets.length === 4 ? octets.join('.') : formatIpv6(octets);
}

function formatIpv6(octets: Uint8Array): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0),
  );
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first of the longest runs of zero groups (RFC 5952 4.2.3). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}

/** True when `address` lies in `range`, which is an address and a mask of the same size. */
export function isWithinRange(address: Uint8Array, range: Uint8Array): boolean {
  const size = address.length;
  if (range.length !== size * 2) return false;
  return address.every((octet, index) => {
    const mask = range[size + index] ?? 0;
    return (octet & mask) === ((range[index] ?? 0) & mask);
  });
}

/** True when the second half of `range` is a mask of leading ones (RFC 4632). */
export function hasPrefixMask(range: Uint8Array): boolean {
  const bits = Array.from(range.subarray(range.length / 2), (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}
