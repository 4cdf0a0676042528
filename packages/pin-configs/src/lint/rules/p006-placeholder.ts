import type { Rule } from '../rule.ts';
import { atsCaPins, harmonyPins, KEY_1, KEY_2, nscPins, okHttp, trustKit } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

const ZEROS = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** P006: a pin was never computed. */
export const rule: Rule = {
  id: 'P006',
  name: 'placeholder',
  severity: 'error',
  summary: 'A pin is a placeholder: one character repeated, a sequence, or words.',
  why: 'No key has such a digest. It satisfies checks that count pins and is no backup.',
  attacker: 'nothing',
  lockout: 'everybody at once when no other pin is real; else everybody once the real ones change',
  fix: 'Replace it by the pin of a real backup key.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, ZEROS]),
    atsCaPins([KEY_1, 'YOUR_BACKUP_PIN_HERE']),
    trustKit([KEY_1, '0000000000000000000000000000000000000000000=']),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, 'sha256/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq='] }),
    harmonyPins([KEY_1, ZEROS]),
  ],
  passes: [nscPins([KEY_1, KEY_2]), atsCaPins([KEY_1, KEY_2]), harmonyPins([KEY_1, KEY_2])],
  *check(project) {
    for (const seen of pinsOf(project)) {
      if (seen.shape.kind === 'placeholder') {
        yield pinReport(seen, 'expected the digest of a key, found a placeholder');
      }
    }
  },
};
