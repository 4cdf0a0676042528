import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet } from './support/examples.ts';
import { androidTrustKitsOf } from './support/trustkit-android.ts';

const android = (enforce: string, pins: string) =>
  nsc(domainConfig('<domain>example.com</domain>', `${pins}    <trustkit-config enforcePinning="${enforce}"/>\n`));

/** T006: report-only that is enforced all the same. */
export const rule: Rule = {
  id: 'T006',
  name: 'report-only-contradiction',
  severity: 'warning',
  summary: 'TrustKit is told to report only, for a domain with a pin-set that the platform enforces.',
  why: 'From API 24 on the platform reads the same file and skips trustkit-config: connections without a matching pin fail.',
  attacker: 'before API 24: intercepts, and a report may tell of it',
  lockout: 'everybody from API 24 on, when the pins are wrong; report-only was to find that out',
  fix: 'Turn enforcement on, or leave the pin-set out until it may hold.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [android('false', pinSet([KEY_1, KEY_2]))],
  passes: [android('true', pinSet([KEY_1, KEY_2])), android('false', '')],
  *check(project) {
    for (const { enforcePinning, hasPins, own, weight } of androidTrustKitsOf(project)) {
      if (enforcePinning?.text.toLowerCase() !== 'false' || !hasPins) continue;
      const message =
        'expected enforcePinning to agree with the pin-set, found "false": the platform enforces the pins';
      yield { message, place: own.enforcePinning?.place ?? own.place, ...weight };
    }
  },
};
