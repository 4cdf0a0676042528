import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet } from './support/examples.ts';
import { configsIn, nscDocuments } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

/** N010: a set of no pins. */
export const rule: Rule = {
  id: 'N010',
  name: 'empty-pin-set',
  severity: 'warning',
  summary: 'A pin-set has no pin.',
  why: 'An empty set pins nothing, and takes its domains out of the pins of an enclosing entry. That may be meant; it looks the same when the pins were forgotten.',
  attacker: 'any certificate for these hosts that the device trusts passes',
  lockout: 'nobody',
  fix: 'Add the pins, or suppress the rule with the reason.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nsc(domainConfig('<domain>example.com</domain>', pinSet([])))],
  passes: [nsc(domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2])))],
  *check(project) {
    for (const document of nscDocuments(project)) {
      for (const { pinSet: set, domains } of configsIn(document.config.domains)) {
        if (set === undefined || set.pins.length > 0) continue;
        const names = domains.map(({ name }) => name.text.trim()).join(', ');
        yield {
          message: `expected pins for ${names}, found an empty pin-set`,
          place: set.place,
          ...weight(ships(document)),
        };
      }
    }
  },
};
