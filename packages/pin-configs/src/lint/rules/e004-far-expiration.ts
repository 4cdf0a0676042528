import type { Rule } from '../rule.ts';
import { harmonyPins, KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { DAY, expiriesOf } from './support/expiry.ts';
import { weight } from './support/weight.ts';

const FARTHEST_YEARS = 3;

/** E004: the pins end in another age. */
export const rule: Rule = {
  id: 'E004',
  name: 'far-expiration',
  severity: 'warning',
  summary: `A set of pins ends more than ${FARTHEST_YEARS} years from now.`,
  why: 'No key of a web server lives that long. A day so far away is no end, and only looks as if one had been set.',
  attacker: 'nothing',
  lockout: 'everybody with an old version, once none of its pins is served any more',
  fix: 'Set a day a little behind the end of support of this version.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2], 'expiration="2050-01-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2031-01-01')),
    harmonyPins([KEY_1, KEY_2], '2099-12-31'),
  ],
  passes: [
    nscPins([KEY_1, KEY_2], 'expiration="2029-01-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2028-01-01')),
  ],
  *check(project) {
    const farthest = project.now + FARTHEST_YEARS * 365.25 * DAY;
    for (const { host, expiration, at } of expiriesOf(project)) {
      if (at === undefined || at <= farthest) continue;
      const message = `expected a day within ${FARTHEST_YEARS} years, found ${expiration.text}`;
      yield { message, place: expiration.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
