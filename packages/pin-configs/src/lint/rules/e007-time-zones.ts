import { FORMAT_TRAITS } from '../../formats.ts';
import { comparable } from '../../match/names.ts';
import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { expiriesOf, type SeenExpiry } from './support/expiry.ts';

const zoneOf = ({ host }: SeenExpiry): string | undefined => FORMAT_TRAITS[host.format].expires;

/** E007: one day, two instants. */
export const rule: Rule = {
  id: 'E007',
  name: 'time-zones',
  severity: 'info',
  summary: 'The same day ends the pins of a host at different instants on its platforms.',
  why: 'Android reads the day in the time zone of the device, TrustKit for iOS in UTC: up to 14 hours apart.',
  attacker: 'nothing',
  lockout: 'nobody',
  fix: 'Plan with a day to spare on both sides.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [[...nscPins([KEY_1, KEY_2]), ...trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01'))]],
  passes: [
    [...nscPins([KEY_1, KEY_2]), ...trustKit([KEY_1, KEY_2], trustKitExpiration('2027-10-01'))],
    nscPins([KEY_1, KEY_2]),
  ],
  *check(project) {
    const all = [...expiriesOf(project)];
    for (const one of all.filter((each) => zoneOf(each) === 'utc')) {
      const other = all.find((each) => zoneOf(each) === 'device-zone' && isSame(one, each));
      if (other === undefined) continue;
      const { title } = FORMAT_TRAITS[other.host.format];
      yield {
        message: `${one.expiration.text} begins in UTC here, and in the device's time zone in ${other.document.file} (${title})`,
        place: one.expiration.place,
        host: one.host.host.text,
      };
    }
  },
};

const isSame = (a: SeenExpiry, b: SeenExpiry): boolean =>
  a.at !== undefined && a.at === b.at && comparable(a.host.host.text) === comparable(b.host.host.text);
