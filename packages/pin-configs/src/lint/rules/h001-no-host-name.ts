import type { Format } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  KEY_1,
  KEY_2,
  nsc,
  pinnedDomains,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { namesOf } from './support/names.ts';
import { weight } from './support/weight.ts';

/** What is no host name, and how to call it. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a URL', /^\s*[a-z][a-z0-9+.-]*:\/\//i],
  ['a path', /\//],
  ['a host with a port', /^[^:]+:\d+\s*$/],
];

const IP_ADDRESS = /^\s*(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:.]+\]?)\s*$/i;

/** Formats that compare host names alone. Android compares texts, and an address is one. */
const NO_ADDRESSES: ReadonlySet<Format> = new Set<Format>(['ats', 'trustkit-ios']);

/** Formats in which a name is a name; lists and code may well hold something that is turned into one. */
const NAMES_ONLY: ReadonlySet<Format> = new Set<Format>([
  'nsc',
  'ats',
  'trustkit-ios',
  'trustkit-android',
  'okhttp',
  'ktor',
  'harmony',
  'react-native',
  'hpkp',
]);

/** H001: a URL, a port or an address where a name is compared. */
export const rule: Rule = {
  id: 'H001',
  name: 'no-host-name',
  severity: 'error',
  summary: 'A URL, a path, a port or an address stands where a host name is compared.',
  why: 'Platforms compare the text with the name of the host. A scheme, a slash or a port makes it equal to none, so that what is configured there holds for nobody; App Transport Security knows no addresses.',
  attacker: 'where pins hang on it: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Write the host name alone.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nsc(domainConfig('<domain>https://example.com</domain>', pinSet([KEY_1, KEY_2]))),
    nsc(domainConfig('<domain>example.com:8443</domain>')),
    ats(pinnedDomains(atsDomain('192.0.2.7', { ca: [KEY_1, KEY_2] }))),
    trustKit([KEY_1, KEY_2], '', 'example.com/api'),
  ],
  passes: [
    nsc(domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2]))),
    nsc(domainConfig('<domain>10.0.2.2</domain>')),
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }))),
  ],
  *check(project) {
    for (const { name, format, pinned, release } of namesOf(project)) {
      const what = NAMES_ONLY.has(format) ? shapeOf(name.text, format) : undefined;
      if (what === undefined) continue;
      yield {
        message: `expected a host name, found ${what}: nothing that is set here holds for any host`,
        place: name.place,
        host: name.text,
        ...weight(release, pinned === undefined ? 'warning' : undefined),
      };
    }
  },
};

function shapeOf(text: string, format: Format): string | undefined {
  if (IP_ADDRESS.test(text)) return NO_ADDRESSES.has(format) ? 'an IP address' : undefined;
  return SHAPES.find(([, shape]) => shape.test(text))?.[0];
}
