import { comparable, isBeneath } from '../match/names.ts';
import type { NscDomain, NscDomainConfig } from './nsc.ts';
import { toNscDomain } from './read-parts.ts';
import { readBoolean } from './values.ts';

/** An entry that covers a host, with the configs around it, innermost first. */
export interface FoundDomain {
  readonly domain: NscDomain;
  readonly lineage: readonly NscDomainConfig[];
}

/**
 * The entry for a host (AOSP `ApplicationConfig.getConfigForHostname`): the exact one at once, else the longest that includes
 * subdomains. There are no wildcards.
 */
export function findDomain(configs: readonly NscDomainConfig[], host: string): FoundDomain | undefined {
  const name = comparable(host);
  const entries = configs.flatMap((config) => entriesOf(config, []));
  const exact = entries.find(({ domain }) => toNscDomain(domain.name.text) === name);
  if (exact !== undefined) return exact;
  const covering = entries.filter(({ domain }) => coversSubdomain(domain, name));
  return covering.reduce<FoundDomain | undefined>(
    (best, entry) => (best === undefined || isLonger(entry, best) ? entry : best),
    undefined,
  );
}

const isLonger = (a: FoundDomain, b: FoundDomain): boolean =>
  toNscDomain(a.domain.name.text).length > toNscDomain(b.domain.name.text).length;

export const includesSubdomains = ({ includeSubdomains }: NscDomain): boolean =>
  includeSubdomains !== undefined && readBoolean(includeSubdomains.text) === true;

const coversSubdomain = (domain: NscDomain, name: string): boolean =>
  includesSubdomains(domain) && isBeneath(name, toNscDomain(domain.name.text));

function entriesOf(config: NscDomainConfig, outer: readonly NscDomainConfig[]): readonly FoundDomain[] {
  const lineage = [config, ...outer];
  return [
    ...config.domains.map((domain) => ({ domain, lineage })),
    ...config.nested.flatMap((nested) => entriesOf(nested, lineage)),
  ];
}
