import { isIP, isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import { mitmFault } from '../reasons.ts';
import type { Template } from '../recipe.ts';
import { unforgeable } from './fault.ts';

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`);

/** A host in the one form it is compared in: lower case, A-labels, no trailing dot. Raises mitm.host_invalid. */
export function hostOf(text: string): string {
  const host = toAscii(text).toLowerCase().replace(/\.$/, '');
  if (isIP(host) === 0 && !HOST.test(host)) throw mitmFault('mitm.host_invalid', { found: text });
  return host;
}

/** U-labels as A-labels (RFC 5891); anything that is ASCII already stays as it is, however odd. */
function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL in a name is one of the faults that are forged
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const ascii = domainToASCII(text);
  if (ascii === '') throw unforgeable('name', text);
  return ascii;
}

const FILLINGS: Readonly<Record<string, (labels: readonly string[]) => string>> = {
  host: (labels) => labels.join('.'),
  parent: (labels) => labels.slice(1).join('.'),
  grandparent: (labels) => labels.slice(2).join('.'),
  initial: ([first = '']) => first.slice(0, 1),
  last: ([first = '']) => first.slice(-1),
  HOST: (labels) => labels.join('.').toUpperCase(),
};

/** The text of a template for this host, A-labels for U-labels. Raises mitm.recipe_unforgeable. */
export function fillTemplate(template: Template, host: string): string {
  const labels = host.split('.');
  const filled = template.replace(/\{([^}]*)\}/g, (whole, name: string) => {
    const filling = Object.hasOwn(FILLINGS, name) ? FILLINGS[name] : undefined;
    if (filling === undefined) throw unforgeable('template', whole);
    return filling(labels);
  });
  return toAscii(filled);
}

/** The octets of an address, 4 or 16. Raises mitm.recipe_unforgeable. */
export function addressOctets(text: string): Uint8Array {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (isIP(text) === 0 || text.includes('%')) throw unforgeable('address', text);
  return ipv6Octets(text);
}

/** RFC 4291 2.2: `::` stands for as many zero groups as are missing; the last two groups may be an IPv4 address. */
function ipv6Octets(text: string): Uint8Array {
  const [head = [], tail] = text.split('::').map((side) => side.split(':').filter(Boolean).flatMap(groupOctets));
  const octets = new Uint8Array(16);
  octets.set(head);
  if (tail !== undefined) octets.set(tail, 16 - tail.length);
  return octets;
}

function groupOctets(group: string): readonly number[] {
  if (group.includes('.')) return group.split('.').map(Number);
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}
