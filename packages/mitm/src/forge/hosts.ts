import { isIP, isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import { mitmFault } from '../reasons.ts';
import type { Template } from '../recipe.ts';
import { quoted, unforgeable } from './fault.ts';

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`);

/** A host in the one form it is compared in: lower case, A-labels, no trailing dot. Raises mitm.host_invalid. */
export function hostOf(text: string): string {
  const host = toAscii(text).toLowerCase().replace(/\.$/, '');
  if (isIP(host) === 0 && !HOST.test(host)) throw mitmFault('mitm.host_invalid', { found: quoted(text) });
  return host;
}

/** Names and addresses that are nobody's (RFC 2606, RFC 6761, RFC 5737, RFC 3849), and those of this machine. */
const NOBODYS = [
  /(^|\.)(test|invalid|example|localhost)$/,
  /^(127\.[0-9]+|192\.0\.2|198\.51\.100|203\.0\.113)(\.[0-9]+){1,2}$/,
  /^(::1|2001:db8:[0-9a-f:]*)$/,
];

/** Whether `host` is one that the user named, or can be nobody's. All in the form of {@link hostOf}. */
export function isNamed(host: string, named: readonly string[]): boolean {
  return NOBODYS.some((form) => form.test(host)) || named.includes(host);
}

/** U-labels as A-labels (RFC 5891); what is ASCII already stays as it is, however odd. Empty for what is no name. */
function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name with NUL is one of the faults that are forged
  return /^[\x00-\x7f]*$/.test(text) ? text : domainToASCII(text);
}

/** What placeholders stand for, by the labels of the host. */
const PLACEHOLDERS: Readonly<Record<string, (labels: readonly string[]) => string>> = {
  host: (labels) => labels.join('.'),
  HOST: (labels) => labels.join('.').toUpperCase(),
  parent: (labels) => labels.slice(1).join('.'),
  grandparent: (labels) => labels.slice(2).join('.'),
  initial: ([first = '']) => first.slice(0, 1),
  last: ([first = '']) => first.slice(-1),
};

/** The name that a template stands for with this host, A-labels for U-labels. Raises mitm.recipe_unforgeable. */
export function fillTemplate(template: Template, host: string): string {
  const labels = host.split('.');
  const filled = template.replace(/\{([^{}]*)\}/g, (whole, placeholder: string) =>
    Object.hasOwn(PLACEHOLDERS, placeholder) ? (PLACEHOLDERS[placeholder]?.(labels) ?? whole) : whole,
  );
  const name = toAscii(filled);
  if (/[{}]/.test(filled) || (name === '' && filled !== '')) throw unforgeable('name', template);
  return name;
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
  if (tail !== undefined) octets.set(tail, octets.length - tail.length);
  return octets;
}

function groupOctets(group: string): readonly number[] {
  if (group.includes('.')) return group.split('.').map(Number);
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}
