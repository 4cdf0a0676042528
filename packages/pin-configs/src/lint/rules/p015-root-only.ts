import { knownAuthority } from '../../known/authorities.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, ISRG_ROOT_X1, ISRG_ROOT_X2, KEY_1, nscPins } from './support/examples.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import { weight } from './support/weight.ts';

/** P015: only roots are pinned. */
export const rule: Rule = {
  id: 'P015',
  name: 'root-only',
  severity: 'info',
  summary: 'Every usable pin of a host is a public root.',
  why: 'Whatever certificate any customer of those authorities obtains for the name passes. For hosts behind a CDN that picks its issuers it is the pinning that lasts; for others a key of your own says more.',
  attacker: 'nothing that the pinned authorities do not give away; it takes one wrong issuance by one of them',
  lockout: 'nobody, as long as the roots are those that devices end their chains in',
  fix: 'Leave it when the issuer is not yours to choose; else pin your own keys.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nscPins([ISRG_ROOT_X1, ISRG_ROOT_X2]), atsCaPins([ISRG_ROOT_X1, ISRG_ROOT_X2])],
  passes: [nscPins([ISRG_ROOT_X1, KEY_1]), atsCaPins([ISRG_ROOT_X1, KEY_1])],
  *check(project) {
    for (const { host } of policiesOf(project)) {
      const known = keysOf(host).map(knownAuthority);
      if (known.length === 0 || known.some((authority) => authority?.status !== 'root')) continue;
      const names = known.map((authority) => authority?.name).join(', ');
      yield {
        message: `expected a key of your own among the pins, found only roots: ${names}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release),
      };
    }
  },
};
