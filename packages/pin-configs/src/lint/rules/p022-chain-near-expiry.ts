import type { LiveCertificate } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, nscPins } from './support/examples.ts';
import { DAY, toDay } from './support/expiry.ts';
import { exampleLive, livePoliciesOf } from './support/live.ts';
import { weight } from './support/weight.ts';

/** A certificate is due when a third of its life is left, and a month before its end in any case. */
const LEAD_DAYS = 30;

const isDue = ({ notBefore, notAfter }: LiveCertificate, now: number): boolean =>
  notAfter - now < Math.min(LEAD_DAYS * DAY, (notAfter - notBefore) / 3);

/** P022: the pinned certificate is about to be replaced. */
export const rule: Rule = {
  id: 'P022',
  name: 'chain-near-expiry',
  severity: 'warning',
  summary: 'A certificate whose key is pinned is about to expire.',
  why: 'Its successor comes within weeks. When it brings another key, apps with the old pin alone stop.',
  attacker: 'nothing',
  lockout: 'everybody who has not updated, at the renewal, unless the key stays or the next one is pinned',
  fix: 'See to it that the renewal keeps the key, or that the next key is pinned in the versions that are installed.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  live: true,
  liveExample: exampleLive({ pin: KEY_1, notAfter: Date.UTC(2026, 10, 30) }, KEY_2),
  fires: [nscPins([KEY_1])],
  passes: [nscPins([KEY_2])],
  *check(project) {
    for (const { host, name, matched } of livePoliciesOf(project)) {
      for (const certificate of matched.filter((each) => isDue(each, project.now))) {
        const { role, notAfter } = certificate;
        yield {
          message: `the pinned ${role} of ${name} ends on ${toDay(notAfter)}, within its time of renewal`,
          place: host.host.place,
          host: host.host.text,
          ...weight(host.release),
        };
      }
    }
  },
};
