/** A host name as the platform compares it: lower case, without one trailing dot. */
export function comparable(host: string): string {
  const lower = host.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** True when `host` lies beneath `domain`, by any number of labels. */
export const isBeneath = (host: string, domain: string): boolean => host.endsWith(`.${domain}`);
