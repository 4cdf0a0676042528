import { knownAuthority } from '../../known/authorities.ts';
import type { Report, Rule } from '../rule.ts';
import { atsCaPins, ISRG_ROOT_X1, ISRG_ROOT_X2, KEY_1, KEY_2, nscPins } from './support/examples.ts';
import { livePoliciesOf } from './support/live.ts';
import { keysOf } from './support/pins.ts';
import { policiesOf } from './support/policies.ts';
import type { SeenHost } from './support/seen.ts';
import { weight } from './support/weight.ts';

/** P002: all pins fall together. */
export const rule: Rule = {
  id: 'P002',
  name: 'no-independent-backup',
  severity: 'warning',
  summary: 'Every pin of a host belongs to one certification authority, or to the chain that is served today.',
  why: 'A backup helps only when it survives what takes the first pin away: a lost key, a distrusted authority, a change of supplier. RFC 7469 section 4.3 wants it outside of the chain.',
  attacker: 'nothing',
  lockout: 'everybody, when that authority is distrusted or the supplier changes it',
  fix: 'Add the pin of a key of your own that is in no chain yet, or of an authority of another owner.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nscPins([ISRG_ROOT_X1, ISRG_ROOT_X2]), atsCaPins([ISRG_ROOT_X1, ISRG_ROOT_X2])],
  passes: [nscPins([ISRG_ROOT_X1, KEY_1]), atsCaPins([ISRG_ROOT_X1, KEY_2])],
  *check(project) {
    for (const seen of policiesOf(project)) {
      const keys = keysOf(seen.host);
      const owners = new Set(keys.map((key) => knownAuthority(key)?.owner));
      const [owner] = owners;
      if (keys.length < 2 || owners.size !== 1 || owner === undefined) continue;
      yield report(seen, `all ${keys.length} pins are of ${owner}`);
    }
    for (const seen of livePoliciesOf(project)) {
      if (seen.keys.length < 2 || seen.matched.length < seen.keys.length) continue;
      yield report(seen, `all ${seen.keys.length} pins are in the chain that is served now`);
    }
  },
};

function report({ host }: SeenHost, found: string): Report {
  const { text, place } = host.host;
  return {
    message: `${found}, expected one of a key that stays when these go`,
    place,
    host: text,
    ...weight(host.release),
  };
}
