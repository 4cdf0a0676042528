import { knownAuthority } from '../../known/authorities.ts';
import type { LiveCertificate } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { ISRG_ROOT_X1, KEY_1, KEY_2, nscPins } from './support/examples.ts';
import { DAY } from './support/expiry.ts';
import { exampleLive, livePoliciesOf } from './support/live.ts';

/** CA/Browser Forum ballot SC-081v3: longest life in days by the first day of issue, the newest first. */
const LONGEST: readonly (readonly [from: number, days: number])[] = [
  [Date.UTC(2029, 2, 15), 47],
  [Date.UTC(2027, 2, 15), 100],
  [Date.UTC(2026, 2, 15), 200],
  [Date.UTC(2020, 8, 1), 398],
];

const longestAt = (time: number): number => LONGEST.find(([from]) => time >= from)?.[1] ?? Number.POSITIVE_INFINITY;

const daysOf = ({ notBefore, notAfter }: LiveCertificate): number => (notAfter - notBefore) / DAY;

/** P023: a certificate lives longer than public authorities may issue it. */
export const rule: Rule = {
  id: 'P023',
  name: 'certificate-lifetime',
  severity: 'info',
  summary: 'The certificate of a pinned host lives longer than the rules for public authorities allow.',
  why: 'Ballot SC-081v3 shortens certificates of public authorities to 200 days from 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15. Its successor will be shorter, and the key is due sooner than the last time.',
  attacker: 'nothing',
  lockout: 'nobody by itself; plans made for the old length come too late',
  fix: 'Plan renewals and pins for the length that holds at the next issue.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  liveExample: exampleLive({ pin: KEY_1, notAfter: Date.UTC(2027, 9, 1) }, ISRG_ROOT_X1),
  fires: [nscPins([KEY_1, ISRG_ROOT_X1])],
  passes: [nscPins([KEY_1, KEY_2]).map((file) => ({ ...file, text: file.text.replace('example.com', 'example.org') }))],
  *check(project) {
    for (const { host, name, path } of livePoliciesOf(project)) {
      const [leaf] = path;
      // Private authorities may issue for as long as they like.
      const isPublic = path.some(({ pin }) => knownAuthority(pin) !== undefined);
      if (leaf === undefined || !isPublic) continue;
      const days = daysOf(leaf);
      const longest = longestAt(leaf.notBefore);
      if (days <= longest + 1) continue;
      const message = `expected a certificate of ${longest} days or fewer for ${name}, found ${Math.round(days)}`;
      yield { message, place: host.host.place, host: host.host.text };
    }
  },
};
