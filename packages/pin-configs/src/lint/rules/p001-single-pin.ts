import { isBase64 } from '../../apple/base64.ts';
import { FORMAT_TRAITS } from '../../formats.ts';
import type { PinnedHost } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import {
  ats,
  atsCaPins,
  atsDomain,
  KEY_1,
  KEY_2,
  KEY_3,
  nscPins,
  okHttp,
  pinnedDomains,
  trustKit,
} from './support/examples.ts';
import { identityOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

/** P001: a host has one pin. */
export const rule: Rule = {
  id: 'P001',
  name: 'single-pin',
  severity: 'error',
  summary: 'A host is pinned to one key alone.',
  why: 'When that key is lost or has to be replaced, no certificate can be had that installed apps accept. RFC 7469 section 4.3 demands a backup pin; TrustKit does not start with fewer than two.',
  attacker: 'nothing',
  lockout: 'everybody who has not updated, from the day on which the key changes',
  fix: 'Add the pin of a second key that is kept somewhere else, for instance of a key pair that waits offline.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1]),
    nscPins([KEY_1, `sha256/${KEY_1}`]),
    atsCaPins([KEY_1]),
    // Both lists must match, so each needs a spare of its own.
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_1], ca: [KEY_1, KEY_2] }))),
    trustKit([KEY_1, KEY_1]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`] }),
    okHttp({ '*.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`], 'a.b.example.com': [`sha256/${KEY_3}`] }),
  ],
  passes: [
    atsCaPins([`sha256-${KEY_1}`]),
    nscPins([KEY_1, KEY_2]),
    atsCaPins([KEY_1, KEY_2]),
    trustKit([KEY_1, KEY_2]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
    // The pins of every pattern that fits a host count for it.
    okHttp({ '**.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`], 'api.example.com': [`sha256/${KEY_3}`] }),
    ats(
      pinnedDomains(
        atsDomain('example.com', { ca: [KEY_1, KEY_2], more: '<key>NSIncludesSubdomains</key>\n<true/>\n' }),
        atsDomain('api.example.com', { ca: [KEY_3] }),
      ),
    ),
  ],
  *check(project) {
    const judged = new Map<PinnedHost['pins'], boolean>();
    for (const { host } of policiesOf(project)) {
      // Hosts share their lists of pins.
      const isOne = judged.get(host.pins) ?? isSingle(host);
      judged.set(host.pins, isOne);
      if (!isOne) continue;
      const list = host.position === 'any' ? '' : ` in its list of ${host.position} pins`;
      const { minimumPins } = FORMAT_TRAITS[host.format];
      const besides = minimumPins === undefined || !host.enforced ? '' : '; the library refuses to start';
      yield {
        message: `${host.host.text.trim()} has one pin${list}, expected two or more${besides}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};

/** A list of App Transport Security in which no item counts: A003 tells it, and a second such item would be no spare. */
const hasNone = ({ format, pins }: PinnedHost): boolean => format === 'ats' && !pins.some(({ text }) => isBase64(text));

function isSingle(host: PinnedHost): boolean {
  const [first, ...others] = host.pins;
  if (first === undefined || hasNone(host)) return false;
  const only = identityOf(host, first);
  return others.every((other) => identityOf(host, other) === only);
}
