import type { PinnedHost, PinSet } from './pin-set.ts';

/**
 * What an app does with one connection. `stale` asks for a report: the set, or the host's entry, is past its expiry.
 * `pins` is empty when all of them are revoked: then no chain matches.
 */
export type Enforcement =
  | { readonly act: 'not_pinned' }
  | { readonly act: 'enforce' | 'monitor'; readonly pins: readonly string[]; readonly stale: boolean }
  | { readonly act: 'block'; readonly stale: true }
  | { readonly act: 'system'; readonly stale: true };

/**
 * What an accepted set says about a host at a time (milliseconds). Expiry is fail-static: by default the last pins stay
 * in force, so that whoever holds back updates gains nothing. Only a set that says `system` opens up, and signing one
 * takes a choice of its own.
 */
export function enforcementOf(set: PinSet, hostname: string, now: number): Enforcement {
  const host = hostFor(set.hosts, hostname.toLowerCase().replace(/\.$/, ''));
  if (host === undefined) return { act: 'not_pinned' };
  const stale = now >= Math.min(set.exp, host.exp) * 1000;
  if (stale && set.on_expiry !== 'keep') return { act: set.on_expiry, stale };
  return { act: host.mode, pins: host.spki.filter((pin) => !host.revoked?.includes(pin)), stale };
}

/** The exact name first, then the nearest parent that means its subdomains; a broad entry never widens a narrow one. */
function hostFor(hosts: readonly PinnedHost[], name: string): PinnedHost | undefined {
  const covering = hosts.filter(({ h, sub }) => h === name || (sub && name.endsWith(`.${h}`)));
  return covering.reduce<PinnedHost | undefined>(
    (best, host) => (best && best.h.length > host.h.length ? best : host),
    undefined,
  );
}
