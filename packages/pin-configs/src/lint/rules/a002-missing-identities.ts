import type { Rule } from '../rule.ts';
import { atsDomainsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, pinnedDomains } from './support/examples.ts';
import { ships, weight } from './support/weight.ts';

/** A002: a pinned domain without pins. */
export const rule: Rule = {
  id: 'A002',
  name: 'missing-identities',
  severity: 'error',
  summary: 'A domain in NSPinnedDomains has neither NSPinnedCAIdentities nor NSPinnedLeafIdentities.',
  why: 'The platform takes such a domain as not pinned. A key that is mistyped by one letter has the same effect, and no word is said.',
  attacker: 'meets a host without pins',
  lockout: 'nobody',
  fix: 'Add NSPinnedCAIdentities, and correct the keys beside it.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    ats(pinnedDomains(atsDomain('example.com', {}))),
    ats(pinnedDomains(atsDomain('example.com', { more: '<key>NSPinnedCAIdentitys</key>\n<array/>\n' }))),
  ],
  passes: [ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] })))],
  *check(project) {
    for (const { document, domain } of atsDomainsOf(project)) {
      if (domain.leaf !== undefined || domain.ca !== undefined) continue;
      const strange = domain.unknownKeys.map(({ text }) => text).join(', ');
      const found = strange === '' ? 'neither' : `neither, but ${strange}`;
      const message = `expected NSPinnedCAIdentities or NSPinnedLeafIdentities, found ${found}`;
      yield { message, place: domain.place, host: domain.host.text, ...weight(ships(document)) };
    }
  },
};
