import { EMPTY_INPUT_PIN } from '../../known/classify-pin.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, KEY_2, nscPins, okHttp } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

/** P005: a pin is the digest of nothing. */
export const rule: Rule = {
  id: 'P005',
  name: 'empty-input-hash',
  severity: 'error',
  summary: 'A pin is the SHA-256 of the empty input.',
  why: 'A shell pipeline whose first command failed hashes nothing and prints a well-formed pin. No key has it.',
  attacker: 'nothing',
  lockout:
    'everybody at once when it is the only pin; else everybody once the other pins change, since the backup is none',
  fix: 'Run the pipeline again and look at each part, or use a tool that reads the certificate itself.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, EMPTY_INPUT_PIN]),
    atsCaPins([KEY_1, EMPTY_INPUT_PIN]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${EMPTY_INPUT_PIN}`] }),
  ],
  passes: [nscPins([KEY_1, KEY_2]), okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] })],
  *check(project) {
    for (const seen of pinsOf(project)) {
      if (seen.shape.kind === 'empty_input') {
        yield pinReport(seen, 'expected the digest of a key, found the digest of the empty input');
      }
    }
  },
};
