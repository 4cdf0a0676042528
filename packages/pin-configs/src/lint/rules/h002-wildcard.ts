import { isOkHttpPattern } from '../../okhttp/match.ts';
import type { Format } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  KEY_1,
  KEY_2,
  nsc,
  okHttp,
  pinnedDomains,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { namesOf } from './support/names.ts';
import { weight } from './support/weight.ts';

/** Formats in which an asterisk is a character like any other. */
const WITHOUT_WILDCARDS: ReadonlySet<Format> = new Set<Format>([
  'nsc',
  'ats',
  'trustkit-ios',
  'trustkit-android',
  'harmony',
  'hpkp',
]);

/** H002: an asterisk where none is known. */
export const rule: Rule = {
  id: 'H002',
  name: 'wildcard',
  severity: 'error',
  summary: 'A host name has an asterisk in a format that knows no wildcards, or where OkHttp knows none.',
  why: 'Only OkHttp and its kin read *. as a pattern. Everywhere else it is compared as it stands and equals no host; OkHttp throws where it stands anywhere but before the name.',
  attacker: 'where pins hang on it: any certificate that the device trusts passes',
  lockout: 'nobody; with a pattern that OkHttp refuses everybody',
  fix: 'Write the name without the asterisk, and set the key for subdomains.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nsc(domainConfig('<domain>*.example.com</domain>', pinSet([KEY_1, KEY_2]))),
    ats(pinnedDomains(atsDomain('*.example.com', { ca: [KEY_1, KEY_2] }))),
    trustKit([KEY_1, KEY_2], '', '*.example.com'),
    okHttp({ '*.*.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  passes: [
    nsc(domainConfig('<domain includeSubdomains="true">example.com</domain>', pinSet([KEY_1, KEY_2]))),
    okHttp({ '**.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  *check(project) {
    for (const { name, format, pinned, release } of namesOf(project)) {
      const found = name.text.includes('*') ? faultOf(name.text.trim(), format) : undefined;
      if (found === undefined) continue;
      yield {
        message: `expected a host name, found the pattern ${found}`,
        place: name.place,
        host: name.text,
        ...weight(release, pinned === undefined ? 'warning' : undefined),
      };
    }
  },
};

function faultOf(pattern: string, format: Format): string | undefined {
  if (WITHOUT_WILDCARDS.has(format)) return `${pattern}, which is equal to no host`;
  const isRefused = format === 'okhttp' && !isOkHttpPattern(pattern);
  return isRefused ? `${pattern}: OkHttp knows *. and **. before a name and throws at anything else` : undefined;
}
