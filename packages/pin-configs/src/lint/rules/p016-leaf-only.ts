import type { PinnedHost } from '../../pinned-host.ts';
import type { Report, Rule } from '../rule.ts';
import { ats, atsCaPins, atsDomain, KEY_1, KEY_2, nscPins, pinnedDomains } from './support/examples.ts';
import { livePoliciesOf } from './support/live.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

/** P016: the certificate's own key must match. */
export const rule: Rule = {
  id: 'P016',
  name: 'leaf-only',
  severity: 'warning',
  summary: 'A host connects only with pinned keys of its own certificate; no pinned authority stands in for them.',
  why: 'Certificates of public authorities live 200 days at most since March 2026, 100 from March 2027, 47 from March 2029. Each renewal that makes a new key breaks the app, unless the next key was pinned beforehand.',
  attacker: 'nothing; this is the narrowest pinning there is',
  lockout: 'everybody who has not updated, at a renewal with a new key',
  fix: 'Keep the key at renewal (certbot --reuse-key) or pin the next keys beforehand; else pin an authority besides.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_1, KEY_2] }))),
    // Both lists must match: the list of authorities does not stand in for the leaf.
    ats(pinnedDomains(atsDomain('example.com', { leaf: [KEY_1, KEY_2], ca: [KEY_1, KEY_2] }))),
  ],
  passes: [atsCaPins([KEY_1, KEY_2]), nscPins([KEY_1, KEY_2])],
  *check(project) {
    for (const { host } of policiesOf(project)) {
      if (host.position === 'leaf' && keysOf(host).length > 0)
        yield report(host, 'only the keys of its leaf certificate');
    }
    for (const { host, matched } of livePoliciesOf(project)) {
      const isLeaf = matched.length > 0 && matched.every(({ role }) => role === 'leaf');
      if (host.position === 'any' && isLeaf) yield report(host, 'that only the leaf of the chain served now is pinned');
    }
  },
};

function report(host: PinnedHost, found: string): Report {
  return {
    message: `expected pins that outlive a renewal, found ${found}`,
    place: host.host.place,
    host: host.host.text,
    ...weight(host.release),
  };
}
