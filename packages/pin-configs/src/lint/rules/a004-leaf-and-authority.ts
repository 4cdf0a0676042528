import type { Rule } from '../rule.ts';
import { atsDomainsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, KEY_3, pinnedDomains } from './support/examples.ts';

/** A004: two lists, and both must match. */
export const rule: Rule = {
  id: 'A004',
  name: 'leaf-and-authority',
  severity: 'info',
  summary: 'A domain in NSPinnedDomains has both lists of identities.',
  why: 'Both must match: the leaf one of its list and a CA one of the other. Every other platform takes any match, so the same pins are stricter here.',
  attacker: 'nothing',
  lockout: 'users on Apple devices, when the leaf is renewed with a key that is not listed, whatever the CA',
  fix: 'Keep the CA list alone unless the AND is meant.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2], leaf: [KEY_3] })))],
  passes: [ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] })))],
  *check(project) {
    for (const { domain } of atsDomainsOf(project)) {
      if ((domain.leaf?.length ?? 0) === 0 || (domain.ca?.length ?? 0) === 0) continue;
      const message = 'expected one list, found NSPinnedLeafIdentities and NSPinnedCAIdentities: both must match';
      yield { message, place: domain.place, host: domain.host.text };
    }
  },
};
