import { isIPv4, isIPv6 } from 'node:net';

/**
 * Networks as orders name them. Only these lengths: an address then has three names and no more to be looked up by, and
 * nobody bans half of the world by a slip.
 */
const LENGTHS = { v4: [16, 24, 32], v6: [32, 48, 64] } as const;
const BITS_IN_PART = { v4: 8, v6: 16 } as const;

type Family = keyof typeof LENGTHS;

/** What an order may name, for people. */
export const NETWORK_FORMS = 'IPv4 with /16, /24 or /32, IPv6 with /32, /48 or /64, and no bit set beyond it';

interface Address {
  readonly family: Family;
  /** Four bytes, or eight groups of 16 bits. */
  readonly parts: readonly number[];
}

/** Every name that an order may have for the network of an address, shortest prefix first; none for what is no address. */
export function networksOf(address: string): readonly string[] {
  const parsed = parseAddress(address);
  return parsed === undefined ? [] : LENGTHS[parsed.family].map((length) => nameOf(parsed, length));
}

/** What callers are counted by: the /24 or /48, since carriers give many of them one address or one of them many. */
export function networkShareOf(address: string): string | undefined {
  return networksOf(address)[1];
}

/** The one name of a network that a person wrote, or undefined for anything but {@link NETWORK_FORMS}. */
export function parseNetwork(text: string): string | undefined {
  const [, address = '', bits = ''] = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  const length = Number(bits);
  if (parsed === undefined || !LENGTHS[parsed.family].some((each) => each === length)) return undefined;
  const beyond = parsed.parts.slice(length / BITS_IN_PART[parsed.family]);
  return beyond.every((part) => part === 0) ? nameOf(parsed, length) : undefined;
}

function nameOf({ family, parts }: Address, length: number): string {
  const kept = parts.slice(0, length / BITS_IN_PART[family]);
  if (family === 'v6') return `${kept.map((part) => part.toString(16)).join(':')}::/${length}`;
  return `${[...kept, 0, 0, 0, 0].slice(0, 4).join('.')}/${length}`;
}

function parseAddress(text: string): Address | undefined {
  const address = text.split('%')[0] ?? '';
  if (isIPv4(address)) return { family: 'v4', parts: address.split('.').map(Number) };
  return isIPv6(address) ? unmapped(groupsOf(address)) : undefined;
}

/** Every spelling of an IPv4 address inside an IPv6 one is that IPv4 address (RFC 4291 2.5.5.2). */
function unmapped(groups: readonly number[]): Address {
  const [head, tail] = [groups.slice(0, 6), groups.slice(6)];
  if (head.join() !== '0,0,0,0,0,65535') return { family: 'v6', parts: groups };
  return { family: 'v4', parts: tail.flatMap((group) => [group >> 8, group & 0xff]) };
}

/** Eight groups; the parser of URLs writes out what a tail in dots means. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const [left, right] = [groupsIn(head), groupsIn(tail ?? '')];
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return [...left, ...zeros, ...right];
}

function groupsIn(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
