import { parse } from 'tldts';
import { comparable } from '../../match/names.ts';
import type { Format } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, nsc, okHttp, pinSet, trustKit } from './support/examples.ts';
import { hostsOf } from './support/seen.ts';
import { weight } from './support/weight.ts';

/** TrustKit refuses to start; react-native-ssl-public-key-pinning runs on it. */
const THROWS: ReadonlySet<Format> = new Set<Format>(['trustkit-ios', 'react-native']);

const SUBDOMAINS = '<key>TSKIncludeSubdomains</key>\n<true/>';

/** H004: pins for everybody's subdomains. */
export const rule: Rule = {
  id: 'H004',
  name: 'public-suffix',
  severity: 'warning',
  summary: 'Pins hold for all subdomains of a name under which anybody can have one.',
  why: 'Under such a name (com, appspot.com, supabase.co) the hosts of others lie too, whose certificates have other keys. TrustKit for iOS throws at start.',
  attacker: 'nothing',
  lockout: 'everybody where the library throws; else whoever asks for another host under that name',
  fix: 'Name the hosts that are yours.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    trustKit([KEY_1, KEY_2], SUBDOMAINS, 'appspot.com'),
    nsc(domainConfig('<domain includeSubdomains="true">co.uk</domain>', pinSet([KEY_1, KEY_2]))),
    okHttp({ '*.supabase.co': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  passes: [
    trustKit([KEY_1, KEY_2], SUBDOMAINS, 'example.appspot.com'),
    nsc(domainConfig('<domain>co.uk</domain>', pinSet([KEY_1, KEY_2]))),
    okHttp({ 'example.supabase.co': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  *check(project) {
    for (const { host } of hostsOf(project)) {
      const name = comparable(host.host.text.trim()).replace(/^\*\*?\./, '');
      if (host.subdomains === 'none' || !isPublicSuffix(name)) continue;
      const throws = THROWS.has(host.format);
      yield {
        message: `expected a name of your own, found ${name}, under which anybody can have one${throws ? ': TrustKit throws at start' : ''}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release, throws ? 'error' : undefined),
      };
    }
  },
};

/** Only names that the list of public suffixes has: a name in no list may be a company's own. */
function isPublicSuffix(name: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true });
  return publicSuffix === name && (isIcann === true || isPrivate === true);
}
