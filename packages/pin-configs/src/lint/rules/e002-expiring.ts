import type { Rule } from '../rule.ts';
import { harmonyPins, KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { DAY, expiriesOf } from './support/expiry.ts';
import { weight } from './support/weight.ts';

/** E002: the pins end soon. */
export const rule: Rule = {
  id: 'E002',
  name: 'expiring',
  severity: 'warning',
  summary:
    'A set of pins ends within the time that a release needs to reach its users (90 days unless told otherwise).',
  why: 'From that day on the host is unpinned in every version that has this file. A new day reaches users only with an update that they install.',
  attacker: 'from that day on: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Move the day in the next release.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2], 'expiration="2027-01-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2026-12-01')),
    harmonyPins([KEY_1, KEY_2], '2027-02-01'),
  ],
  passes: [
    nscPins([KEY_1, KEY_2], 'expiration="2027-09-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01')),
  ],
  *check(project) {
    const { now, expiryLeadDays } = project;
    for (const { host, expiration, at } of expiriesOf(project)) {
      if (at === undefined || at <= now || at - now >= expiryLeadDays * DAY) continue;
      const days = Math.ceil((at - now) / DAY);
      const message = `expected ${expiryLeadDays} days or more, found ${days} until the pins end on ${expiration.text}`;
      yield { message, place: expiration.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
