import { FORMAT_TRAITS } from '../../formats.ts';
import type { Place } from '../../place.ts';
import type { Rule } from '../rule.ts';
import {
  atsCaPins,
  harmonyPins,
  KEY_1,
  KEY_2,
  nscPins,
  okHttp,
  trustKit,
  trustKitExpiration,
} from './support/examples.ts';
import { hostsOf } from './support/seen.ts';
import { weight } from './support/weight.ts';

/** E003: the pins never end. */
export const rule: Rule = {
  id: 'E003',
  name: 'no-expiration',
  severity: 'warning',
  summary: 'A set of pins has no end where its format has one.',
  why: 'Without an end an app whose pins no longer match stays locked out for ever; with one it goes on unpinned. Which is worse depends on the app: this rule asks that it be decided.',
  attacker: 'nothing; it is the stricter choice',
  lockout: 'everybody with an old version, once none of its pins is served any more',
  fix: 'Set a day behind the end of support of this version, or suppress the rule where staying locked out is meant.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nscPins([KEY_1, KEY_2], ''), trustKit([KEY_1, KEY_2]), harmonyPins([KEY_1, KEY_2])],
  passes: [
    nscPins([KEY_1, KEY_2]),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-09-01')),
    // These have no end that could be set.
    atsCaPins([KEY_1, KEY_2]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  *check(project) {
    const seen = new Set<Place>();
    for (const { host } of hostsOf(project)) {
      const isSilent = host.expiration === undefined && FORMAT_TRAITS[host.format].expires !== undefined;
      if (!isSilent || host.pins.length === 0 || seen.has(host.place)) continue;
      seen.add(host.place);
      const message = `expected a day on which the pins of ${host.host.text.trim()} end, found none`;
      yield { message, place: host.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
