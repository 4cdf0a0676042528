const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Preferred name syntax (RFC 1034 3.5, RFC 1123 2.1), no trailing dot, and no last label of digits: that is an address. */
export function isHostName(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/**
 * A dNSName as it may be presented: a host name, or `*.` and a host name of two labels at least (BR 1.6.1, Wildcard Domain
 * Name; RFC 9525 6.3). One label after the wildcard would be a whole top-level domain.
 */
export function isPresentedDnsName(name: string): boolean {
  const base = wildcardBase(name);
  return base === undefined ? isHostName(name) : isHostName(base) && base.includes('.');
}

/** What follows `*.`, or undefined when the name does not start so. */
export function wildcardBase(name: string): string | undefined {
  return name.startsWith('*.') ? name.slice(2) : undefined;
}

/** True when `name` is `base` or ends in `.base`; an empty base holds every name. Both in lower case. */
export function isWithinDomain(name: string, base: string): boolean {
  return base === '' || name === base || name.endsWith(`.${base}`);
}
