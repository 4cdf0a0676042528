import type { PinnedHost } from '../pinned-host.ts';
import { includesSubdomains } from './find-domain.ts';
import type { NscConfig, NscDomainConfig, NscPinSet } from './nsc.ts';
import { isEnforced } from './trustkit.ts';

/**
 * The hosts with pins, inherited pins included; an empty pin-set pins nothing and is left out. Entries that TrustKit enforces
 * are its own format. The platform enforces the pins of all of them, whatever TrustKit is told.
 */
export function nscPinnedHosts(
  config: NscConfig,
  variant: 'release' | 'debug' | 'test' | 'any',
): readonly PinnedHost[] {
  const release = variant === 'release' || variant === 'any';
  return config.domains.flatMap((domain) => hostsOf(domain, [], release));
}

function hostsOf(config: NscDomainConfig, outer: readonly NscDomainConfig[], release: boolean): readonly PinnedHost[] {
  const lineage = [config, ...outer];
  const pinSet = lineage.find((scope) => scope.pinSet !== undefined)?.pinSet;
  const format = isEnforced(lineage.flatMap(({ trustKit }) => trustKit ?? [])) ? 'trustkit-android' : 'nsc';
  const own = pinSet === undefined || pinSet.pins.length === 0 ? [] : pinnedBy(config, pinSet, format, release);
  return [...own, ...config.nested.flatMap((nested) => hostsOf(nested, lineage, release))];
}

function pinnedBy(
  config: NscDomainConfig,
  { pins, expiration }: NscPinSet,
  format: PinnedHost['format'],
  release: boolean,
): readonly PinnedHost[] {
  return config.domains.map((domain) => ({
    format,
    host: domain.name,
    subdomains: includesSubdomains(domain) ? 'all' : 'none',
    apex: true,
    pins: pins.map(({ value }) => value),
    position: 'any',
    ...(expiration === undefined ? {} : { expiration }),
    enforced: true,
    release,
    place: config.place,
  }));
}
