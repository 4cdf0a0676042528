import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { expiriesOf, toDay } from './support/expiry.ts';
import { weight } from './support/weight.ts';

/** E006: supported versions will be unpinned. */
export const rule: Rule = {
  id: 'E006',
  name: 'ends-before-support',
  severity: 'warning',
  summary: 'A set of pins ends before the support of this version does.',
  why: 'In between, users run a version that is supported and not pinned. Needs to be told until when the version is supported.',
  attacker: 'in between: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Set a day behind the end of support.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2], 'expiration="2027-03-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-06-29')),
  ],
  passes: [
    nscPins([KEY_1, KEY_2], 'expiration="2027-09-01"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-06-30')),
  ],
  *check(project) {
    const { now, supportEnd } = project;
    if (supportEnd === undefined) return;
    for (const { host, expiration, at } of expiriesOf(project)) {
      if (at === undefined || at <= now || at >= supportEnd) continue;
      const message = `expected a day behind the end of support, ${toDay(supportEnd)}, found ${expiration.text}`;
      yield { message, place: expiration.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
