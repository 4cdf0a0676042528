import { FORMAT_TRAITS } from '../../../formats.ts';
import { groupBy } from '../../../group.ts';
import { comparable, isBeneath, parentsOf } from '../../../match/names.ts';
import type { PinnedHost } from '../../../pinned-host.ts';
import type { SeenHost } from './seen.ts';

/** The name that an entry is about, without the wildcards of OkHttp. */
export const nameOf = ({ host }: PinnedHost): string => comparable(host.text).replace(/^\*\*?\./, '');

/** True when the pins of an entry hold for a host. */
export function covers(entry: PinnedHost, host: string): boolean {
  const name = nameOf(entry);
  if (host === name) return entry.apex;
  if (entry.subdomains === 'none' || !isBeneath(host, name)) return false;
  return entry.subdomains === 'all' || !host.slice(0, -name.length - 1).includes('.');
}

/** Tells of a host whether the pins of any of the entries hold for it, however many entries there are. */
export function coveredBy(entries: readonly PinnedHost[]): (host: string) => boolean {
  const namesWhere = (is: (entry: PinnedHost) => boolean) => new Set(entries.filter(is).map(nameOf));
  const exact = namesWhere(({ apex }) => apex);
  const one = namesWhere(({ subdomains }) => subdomains !== 'none');
  const all = namesWhere(({ subdomains }) => subdomains === 'all');
  return (host) => {
    const parents = parentsOf(host);
    return exact.has(host) || one.has(parents[0] ?? '') || parents.some((parent) => all.has(parent));
  };
}

/** Finds the other entries of the same document, format and list whose pins count for the whole of an entry as well. */
export function broaderIn(all: readonly SeenHost[]): (seen: SeenHost) => readonly SeenHost[] {
  const uniting = all.filter(({ host }) => FORMAT_TRAITS[host.format].overlap === 'union');
  const wide = groupBy(
    uniting.filter(({ host }) => host.subdomains !== 'none'),
    (seen) => keyOf(seen, nameOf(seen.host)),
  );
  return (seen) => {
    const { text } = seen.host.host;
    if (FORMAT_TRAITS[seen.host.format].overlap !== 'union') return [];
    const name = comparable(text);
    const found = [name, ...parentsOf(name)].flatMap((each) => wide.get(keyOf(seen, each)) ?? []);
    return found.filter(({ host }) => host.host.text !== text && covers(host, name));
  };
}

const keyOf = ({ document, host }: SeenHost, name: string): string =>
  [document.file, document.app, host.format, host.position, name].join('\n');
