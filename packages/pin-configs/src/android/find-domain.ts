import { comparable, parentsOf } from '../match/names.ts';
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
  const { exact, covering } = indexOf(configs);
  const name = comparable(host);
  const above = parentsOf(name).find((each) => covering.has(each));
  return exact.get(name) ?? (above === undefined ? undefined : covering.get(above));
}

/** Entries by their names; of those that include subdomains once more. */
interface DomainIndex {
  readonly exact: ReadonlyMap<string, FoundDomain>;
  readonly covering: ReadonlyMap<string, FoundDomain>;
}

/** Rules ask for every domain of a configuration. */
const INDEXES = new WeakMap<readonly NscDomainConfig[], DomainIndex>();

function indexOf(configs: readonly NscDomainConfig[]): DomainIndex {
  const known = INDEXES.get(configs);
  if (known !== undefined) return known;
  const entries = configs.flatMap((config) => entriesOf(config, []));
  const index = {
    exact: byName(entries),
    covering: byName(entries.filter(({ domain }) => includesSubdomains(domain))),
  };
  INDEXES.set(configs, index);
  return index;
}

/** Of two with one name, which the platform refuses, the first. */
const byName = (entries: readonly FoundDomain[]): ReadonlyMap<string, FoundDomain> =>
  new Map(entries.toReversed().map((entry) => [toNscDomain(entry.domain.name.text), entry]));

export const includesSubdomains = ({ includeSubdomains }: NscDomain): boolean =>
  includeSubdomains !== undefined && readBoolean(includeSubdomains.text) === true;

function entriesOf(config: NscDomainConfig, outer: readonly NscDomainConfig[]): readonly FoundDomain[] {
  const lineage = [config, ...outer];
  return [
    ...config.domains.map((domain) => ({ domain, lineage })),
    ...config.nested.flatMap((nested) => entriesOf(nested, lineage)),
  ];
}
