import { FORMAT_TRAITS } from '../../formats.ts';
import { parentsOf } from '../../match/names.ts';
import type { Rule } from '../rule.ts';
import { ats, atsDomain, domainConfig, KEY_1, KEY_2, nsc, pinnedDomains, pinSet } from './support/examples.ts';
import { hostsOf, type SeenHost } from './support/seen.ts';
import { nameOf } from './support/unions.ts';
import { weight } from './support/weight.ts';

const SUBDOMAINS = '<key>NSIncludesSubdomains</key>\n<true/>\n';
const ANDROID = nsc(domainConfig('<domain includeSubdomains="true">example.com</domain>', pinSet([KEY_1, KEY_2])));
const IOS = ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2], more: SUBDOMAINS })));
const DEEPER = atsDomain('b.example.com', { ca: [KEY_1, KEY_2], more: SUBDOMAINS });

/** H005: one platform goes deeper than the other. */
export const rule: Rule = {
  id: 'H005',
  name: 'subdomain-depth',
  severity: 'warning',
  summary: 'Pins of a name reach one label down on one platform and any number on another.',
  why: 'NSIncludesSubdomains covers a.example.com and not a.b.example.com; Android, TrustKit and ** of OkHttp cover both. The same statement protects different hosts.',
  attacker:
    'on hosts deeper down, on the platform that reaches one label: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Name the deeper hosts on the platform that reaches one label.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [[...ANDROID, ...IOS]],
  passes: [
    ANDROID,
    IOS,
    [...ANDROID, ...ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2], more: SUBDOMAINS }), DEEPER))],
  ],
  *check(project) {
    const all = [...hostsOf(project)];
    const deep = new Map(
      all.filter(({ host }) => host.subdomains === 'all').map((seen) => [nameOf(seen.host), seen] as const),
    );
    // The names of which a document pins something deeper down.
    const parents = new Set(all.flatMap((seen) => parentsOf(nameOf(seen.host)).map((name) => keyOf(seen, name))));
    for (const one of all.filter(({ host }) => host.subdomains === 'one' && host.apex)) {
      const name = nameOf(one.host);
      const other = deep.get(name);
      if (other === undefined || parents.has(keyOf(one, name))) continue;
      const { title } = FORMAT_TRAITS[other.host.format];
      yield {
        message: `expected every host below ${name} as in ${other.document.file} (${title}), found one label`,
        place: one.host.host.place,
        host: name,
        ...weight(one.host.release),
      };
    }
  },
};

const keyOf = ({ document }: SeenHost, name: string): string => `${document.file}\n${name}`;
