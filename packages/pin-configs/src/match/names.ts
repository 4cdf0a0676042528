/** A host name as the platform compares it: lower case, without one trailing dot. */
export function comparable(host: string): string {
  const lower = host.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** No host has a longer name. */
const LONGEST = 253;

/** The names that a name lies beneath, the nearest first; none for what is too long to be a host's. */
export function parentsOf(name: string): readonly string[] {
  const labels = name.length > LONGEST ? [] : name.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
}

/** True when `host` lies beneath `domain`, by any number of labels. */
export const isBeneath = (host: string, domain: string): boolean => host.endsWith(`.${domain}`);
