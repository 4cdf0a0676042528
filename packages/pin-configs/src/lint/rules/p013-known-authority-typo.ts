import { nearlyKnownAuthority } from '../../known/authorities.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, ISRG_ROOT_X1, KEY_1, nscPins, okHttp } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

const MISTYPED = ISRG_ROOT_X1.replace('HFr8M=', 'HFr7M=');

/** P013: a known pin with a slip of the pen. */
export const rule: Rule = {
  id: 'P013',
  name: 'known-authority-typo',
  severity: 'warning',
  summary: 'A pin differs in one or two characters from that of a well-known authority.',
  why: 'Digests of two keys are never that alike: the pin was typed or cut wrongly and matches nothing.',
  attacker: 'nothing',
  lockout: 'everybody when no other pin matches',
  fix: 'Compare it with the pin that the message names, and compute it again.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, MISTYPED]),
    atsCaPins([KEY_1, MISTYPED]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${MISTYPED}`] }),
  ],
  passes: [nscPins([KEY_1, ISRG_ROOT_X1]), atsCaPins([KEY_1, ISRG_ROOT_X1])],
  *check(project) {
    for (const seen of pinsOf(project)) {
      const meant = seen.shape.kind === 'pin' ? nearlyKnownAuthority(seen.shape.value) : undefined;
      if (meant === undefined) continue;
      yield pinReport(
        seen,
        `expected ${meant.pin} of ${meant.name}, found a pin that differs in one or two characters`,
      );
    }
  },
};
