import type { Rule } from '../rule.ts';
import { harmonyPins, KEY_1, KEY_2, nscPins, trustKit, trustKitExpiration } from './support/examples.ts';
import { expiriesOf } from './support/expiry.ts';
import { weight } from './support/weight.ts';

/** E001: the pins have ended. */
export const rule: Rule = {
  id: 'E001',
  name: 'expired',
  severity: 'error',
  summary: 'The end of a set of pins has passed.',
  why: 'Android, TrustKit and HarmonyOS stop comparing pins at that day and say nothing: the host is unpinned.',
  attacker: 'what pinning kept out: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Set a day that lies behind the end of support of this version, and check the pins at that occasion.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2], 'expiration="2026-11-21"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2026-11-20')),
    harmonyPins([KEY_1, KEY_2], '2025-01-01'),
  ],
  passes: [
    nscPins([KEY_1, KEY_2], 'expiration="2026-11-22"'),
    trustKit([KEY_1, KEY_2], trustKitExpiration('2027-01-01')),
    harmonyPins([KEY_1, KEY_2], '2027-01-01'),
  ],
  *check(project) {
    for (const { host, expiration, at } of expiriesOf(project)) {
      if (at === undefined || at > project.now) continue;
      const message = `expected a day to come, found ${expiration.text}: ${host.host.text.trim()} is not pinned any more`;
      yield { message, place: expiration.place, host: host.host.text, ...weight(host.release) };
    }
  },
};
