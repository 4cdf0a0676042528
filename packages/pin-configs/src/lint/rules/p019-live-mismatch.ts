import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, KEY_2, KEY_3, nscPins } from './support/examples.ts';
import { hasEnded } from './support/expiry.ts';
import { exampleLive, livePoliciesOf } from './support/live.ts';
import { weight } from './support/weight.ts';

const ISSUER = 'KvTIccVjlgybjRySp6MUHGP95HfUWaRYOSGBgCKIdHY=';

/** P019: the app cannot connect now. */
export const rule: Rule = {
  id: 'P019',
  name: 'live-mismatch',
  severity: 'error',
  summary: 'No pin of a host is in the chain that it serves now.',
  why: 'The platform compares the pins with the validated chain, and refuses the connection when none is in it.',
  attacker: 'nothing',
  lockout: 'everybody, now',
  fix: 'Add the pin of a key that is served, or serve a certificate for a pinned key. Find out first why the chain changed.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  liveExample: exampleLive({ pin: KEY_1 }, ISSUER),
  fires: [nscPins([KEY_2, KEY_3]), atsCaPins([KEY_2, KEY_3])],
  passes: [
    nscPins([KEY_1, KEY_3]),
    atsCaPins([ISSUER, KEY_3]),
    // Pins that have ended hold nothing off.
    nscPins([KEY_2, KEY_3], 'expiration="2026-01-01"'),
  ],
  *check(project) {
    for (const { host, name, keys, path, matched } of livePoliciesOf(project)) {
      if (keys.length === 0 || matched.length > 0 || hasEnded(host, project.now)) continue;
      const served = path.map(({ pin, role }) => `${pin} (${role})`).join(', ');
      yield {
        message: `expected one of ${keys.length} pins in the chain of ${name}, found ${served}`,
        place: host.host.place,
        host: host.host.text,
        ...weight(host.release, host.enforced ? undefined : 'warning'),
      };
    }
  },
};
