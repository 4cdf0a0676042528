import type { PinnedHost, Spelled } from '../pinned-host.ts';
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
  return config.domains.flatMap((domain) => hostsOf(domain, [], undefined, release));
}

/** A pin-set with its pins as one list, which all hosts share that it holds for. */
interface Held {
  readonly set: NscPinSet;
  readonly pins: readonly Spelled[];
}

function hostsOf(
  config: NscDomainConfig,
  outer: readonly NscDomainConfig[],
  inherited: Held | undefined,
  release: boolean,
): readonly PinnedHost[] {
  const lineage = [config, ...outer];
  const held = config.pinSet === undefined ? inherited : heldBy(config.pinSet);
  const format = isEnforced(lineage.flatMap(({ trustKit }) => trustKit ?? [])) ? 'trustkit-android' : 'nsc';
  const own = held === undefined || held.pins.length === 0 ? [] : pinnedBy(config, held, format, release);
  return [...own, ...config.nested.flatMap((nested) => hostsOf(nested, lineage, held, release))];
}

const heldBy = (set: NscPinSet): Held => ({ set, pins: set.pins.map(({ value }) => value) });

function pinnedBy(
  config: NscDomainConfig,
  { set: { expiration }, pins }: Held,
  format: PinnedHost['format'],
  release: boolean,
): readonly PinnedHost[] {
  return config.domains.map((domain) => ({
    format,
    host: domain.name,
    subdomains: includesSubdomains(domain) ? 'all' : 'none',
    apex: true,
    pins,
    position: 'any',
    ...(expiration === undefined ? {} : { expiration }),
    enforced: true,
    release,
    place: config.place,
  }));
}
