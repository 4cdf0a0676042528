import type { Document, PinnedHost } from '@assay/pin-configs';

/** One host that an app with these documents would pin, and the entries that say so. */
export interface AskedHost {
  readonly host: string;
  readonly port: number;
}

const NAME = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Hosts to look at: those that entries name as they stand, names that a policy covers, and those that the caller adds. */
export function hostsOf(documents: readonly Document[], added: readonly AskedHost[]): readonly AskedHost[] {
  const named = documents.flatMap(({ pinned }) => pinned.filter(({ apex, release }) => apex && release));
  const covered = documents.flatMap((document) =>
    document.kind === 'policy' ? document.policy.hosts.flatMap(({ covers }) => covers) : [],
  );
  const names = [...named.map(({ host }) => host.text.toLowerCase().replace(/\.$/, '')), ...covered];
  const asked = [...names.filter((name) => NAME.test(name)).map((host) => ({ host, port: 443 })), ...added];
  const once = new Map(asked.map((each) => [`${each.host}:${each.port}`, each]));
  return [...once.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Entries whose hosts cannot be asked as they stand, and beneath which none was named. */
export function unaskedOf(documents: readonly Document[], hosts: readonly AskedHost[]): readonly PinnedHost[] {
  const wildcards = documents.flatMap(({ pinned }) => pinned.filter(({ host }) => host.text.startsWith('*')));
  return wildcards.filter(({ host }) => !hosts.some((each) => each.host.endsWith(host.text.replace(/^\*+/, ''))));
}
