import { effectiveScope } from '../../android/effective.ts';
import { comparable, parentsOf } from '../../match/names.ts';
import type { NscDocument } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet } from './support/examples.ts';
import { domainsIn } from './support/names.ts';
import { ANY_TARGET, nscDocuments } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

const PINNED = domainConfig('<domain includeSubdomains="true">example.com</domain>', pinSet([KEY_1, KEY_2]));
const CHILD = domainConfig('<domain>api.example.com</domain>');

/** N009: a narrower entry takes a host out of its pins. */
export const rule: Rule = {
  id: 'N009',
  name: 'shadowed-pins',
  severity: 'error',
  summary: 'A domain without pins stands beside one with pins that would cover it.',
  why: 'Android takes the most specific entry and nothing of the others: pins are inherited from an enclosing domain-config only, not from one beside it. The host is unpinned.',
  attacker: 'any certificate for that host that the device trusts passes',
  lockout: 'nobody',
  fix: 'Nest the entry in the pinned one, or repeat its pins; write an empty pin-set where no pins are meant.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nsc(`${PINNED}\n${CHILD}`)],
  passes: [
    nsc(PINNED.replace('  </domain-config>', `${CHILD}\n  </domain-config>`)),
    nsc(`${PINNED}\n${domainConfig('<domain>api.example.com</domain>', pinSet([KEY_1, KEY_2]))}`),
    nsc(`${PINNED}\n${domainConfig('<domain>api.example.com</domain>', '    <pin-set/>\n')}`),
    nsc(`${PINNED}\n${domainConfig('<domain>example.org</domain>')}`),
  ],
  *check(project) {
    for (const document of nscDocuments(project)) {
      const pinnedBelow = wideNames(document);
      for (const { name } of document.config.domains.flatMap(domainsIn)) {
        const host = comparable(name.text.trim());
        const { pinSet: own } = effectiveScope(document.config, host, 'release', ANY_TARGET);
        const shadowed = own === undefined ? parentsOf(host).find((name) => pinnedBelow.has(name)) : undefined;
        if (shadowed === undefined) continue;
        yield {
          message: `expected the pins of ${shadowed} for ${host}, found an entry of its own without pins`,
          place: name.place,
          host,
          ...weight(ships(document)),
        };
      }
    }
  },
};

/** The names whose subdomains are pinned. */
const wideNames = ({ pinned }: NscDocument): ReadonlySet<string> =>
  new Set(pinned.filter(({ subdomains }) => subdomains === 'all').map(({ host }) => comparable(host.text.trim())));
