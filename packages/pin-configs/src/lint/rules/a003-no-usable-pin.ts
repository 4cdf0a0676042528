import type { AtsIdentity } from '../../apple/ats.ts';
import type { Rule } from '../rule.ts';
import { atsDomainsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, pinnedDomains } from './support/examples.ts';
import { ships, weight } from './support/weight.ts';

const EMPTY = '<key>NSPinnedCAIdentities</key>\n<array/>\n';

/** A003: pinned, and nothing can match. */
export const rule: Rule = {
  id: 'A003',
  name: 'no-usable-pin',
  severity: 'error',
  summary: 'A list of identities in NSPinnedDomains has no item that the platform can use.',
  why: 'Items that are no base64 are dropped without a word. The list counts as there: no certificate can match it, and every connection to the host fails.',
  attacker: 'nothing',
  lockout: 'everybody, from the first start',
  fix: 'Write each item as SPKI-SHA256-BASE64 with the bare base64 of 32 bytes.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    ats(pinnedDomains(atsDomain('example.com', { more: EMPTY }))),
    ats(pinnedDomains(atsDomain('example.com', { ca: [`sha256-${KEY_1}`] }))),
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_1, KEY_2], more: EMPTY }))),
  ],
  passes: [
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }))),
    ats(pinnedDomains(atsDomain('example.com', { ca: ['not base64', KEY_2] }))),
  ],
  *check(project) {
    for (const { document, domain } of atsDomainsOf(project)) {
      const lists: readonly (readonly [string, readonly AtsIdentity[] | undefined])[] = [
        ['NSPinnedCAIdentities', domain.ca],
        ['NSPinnedLeafIdentities', domain.leaf],
      ];
      for (const [key, list] of lists) {
        if (list === undefined || list.some(({ usable }) => usable)) continue;
        const message = `expected base64 in ${key}, found ${list.length === 0 ? 'no item' : 'no item that decodes'}`;
        yield { message, place: domain.place, host: domain.host.text, ...weight(ships(document)) };
      }
    }
  },
};
