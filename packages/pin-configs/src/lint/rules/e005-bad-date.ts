import { dayOf } from '../../match/day.ts';
import type { Format } from '../../pinned-host.ts';
import type { Rule, Severity } from '../rule.ts';
import { replacing, withFix } from './support/edit.ts';
import { harmonyPins, KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { expiriesOf } from './support/expiry.ts';
import { weight } from './support/weight.ts';

/** What a day does that the platform cannot read. */
const EFFECTS: Partial<Record<Format, readonly [effect: string, severity: Severity]>> = {
  nsc: ['the app crashes', 'error'],
  'trustkit-android': ['the app crashes', 'error'],
  'trustkit-ios': ['TrustKit takes it for none, and the pins never end', 'error'],
};

/** E005: the end cannot be read. */
export const rule: Rule = {
  id: 'E005',
  name: 'bad-date',
  severity: 'error',
  summary: 'The end of a set of pins is no day as the platform reads it.',
  why: "Android's parser throws, which ends the app (AOSP XmlConfigSource). TrustKit for iOS gets no day out of it, and the pins never end, without an error.",
  attacker: 'nothing',
  lockout: 'everybody on Android, at the first connection; on iOS everybody once no pin is served any more',
  fix: 'Write yyyy-MM-dd; `--fix` does where the order of year, month and day is beyond doubt.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2], 'expiration="2027/09/01"'),
    nscPins([KEY_1, KEY_2], 'expiration="2027-02-30"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027.09.01')),
    harmonyPins([KEY_1, KEY_2], '01.09.2027'),
  ],
  passes: [
    nscPins([KEY_1, KEY_2], 'expiration="2027-09-01"'),
    // Android reads this one: leading zeros are optional, and what follows the day is passed over.
    nscPins([KEY_1, KEY_2], 'expiration="2027-9-1T00:00:00Z"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01')),
  ],
  *check(project) {
    for (const { document, host, expiration, at } of expiriesOf(project)) {
      if (at !== undefined) continue;
      const [effect, severity] = EFFECTS[host.format] ?? ['the platform may take it for none', 'warning'];
      const day = yearFirst(expiration.text, project.now);
      yield {
        message: `expected yyyy-MM-dd, found ${expiration.text}: ${effect}`,
        place: expiration.place,
        host: host.host.text,
        ...weight(host.release, severity),
        ...withFix(day === undefined ? undefined : replacing(document, expiration, day)),
      };
    }
  },
};

/** The same day as `yyyy-MM-dd`, where the year stands first. A day that has passed would take the pins away: left to a person. */
function yearFirst(text: string, now: number): string | undefined {
  const [, year, month = '', day = ''] = /^\s*(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return (dayOf(written) ?? 0) > now ? written : undefined;
}
