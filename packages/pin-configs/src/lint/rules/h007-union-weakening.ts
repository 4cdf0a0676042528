import { FORMAT_TRAITS } from '../../formats.ts';
import { comparable, isBeneath } from '../../match/names.ts';
import type { PinnedHost } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import { ats, atsDomain, KEY_1, KEY_2, KEY_3, okHttp, pinnedDomains } from './support/examples.ts';
import { keysOf, policiesOf } from './support/pins.ts';
import { weight } from './support/weight.ts';

const SUBDOMAINS = '<key>NSIncludesSubdomains</key>\n<true/>\n';
const parent = (pins: readonly string[]): string => atsDomain('example.com', { ca: pins, more: SUBDOMAINS });
const child = atsDomain('api.example.com', { ca: [KEY_1, KEY_2] });

/** H007: a broad entry adds its pins to a narrow one. */
export const rule: Rule = {
  id: 'H007',
  name: 'union-weakening',
  severity: 'warning',
  summary: 'A broad entry adds pins to those of a host that has an entry of its own.',
  why: 'OkHttp and App Transport Security unite the pins of all entries that cover a host: one match of any of them is enough. The narrow entry does not replace the broad one.',
  attacker: 'a certificate for the host with a key that only the broad entry pins passes',
  lockout: 'nobody',
  fix: 'Narrow the broad entry to the hosts that need it, or accept its pins for all.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    okHttp({
      '**.example.com': [`sha256/${KEY_2}`, `sha256/${KEY_3}`],
      'api.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`],
    }),
    ats(pinnedDomains(parent([KEY_2, KEY_3]), child)),
  ],
  passes: [
    okHttp({
      '**.example.com': [`sha256/${KEY_2}`],
      'api.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`],
    }),
    ats(pinnedDomains(parent([KEY_1, KEY_2]), child)),
  ],
  *check(project) {
    const all = [...policiesOf(project)].filter(({ host }) => FORMAT_TRAITS[host.format].overlap === 'union');
    const wide = all.filter(({ host }) => host.subdomains !== 'none');
    for (const { document, host } of all) {
      const broad = wide.find((other) => other.document === document && weakens(other.host, host));
      if (broad === undefined) continue;
      yield {
        message: `expected the pins of ${host.host.text} alone, found that those of ${broad.host.host.text} count for it too`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};

function weakens(broad: PinnedHost, narrow: PinnedHost): boolean {
  const isOther = broad.host.text !== narrow.host.text;
  if (!isOther || broad.format !== narrow.format || broad.position !== narrow.position) return false;
  if (!covers(broad, comparable(narrow.host.text))) return false;
  const own = new Set(keysOf(narrow));
  return keysOf(broad).some((key) => !own.has(key));
}

function covers({ host, subdomains, apex }: PinnedHost, name: string): boolean {
  const domain = comparable(host.text).replace(/^\*\*?\./, '');
  if (name === domain) return apex && subdomains !== 'none';
  if (subdomains === 'none' || !isBeneath(name, domain)) return false;
  return subdomains === 'all' || !name.slice(0, -domain.length - 1).includes('.');
}
