import { FORMAT_TRAITS } from '../../formats.ts';
import type { Rule } from '../rule.ts';
import { replacing } from './support/edit.ts';
import { atsCaPins, harmonyPins, KEY_1, KEY_2, nscPins, okHttp, pinList, trustKit } from './support/examples.ts';
import { EFFECTS, pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

/** P010: the prefix of another format. */
export const rule: Rule = {
  id: 'P010',
  name: 'wrong-prefix',
  severity: 'error',
  summary: 'A pin has a prefix that its format does not know, or lacks the one that it wants.',
  why: 'OkHttp writes sha256/ before a pin, curl sha256//, Android, TrustKit and App Transport Security nothing. A pin that is copied from one to the other crashes the app or is dropped.',
  attacker: 'nothing',
  lockout: 'everybody where the app crashes; else everybody once the remaining pins change',
  fix: 'Write the prefix of this format; `--fix` does it.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, `sha256/${KEY_2}`]),
    atsCaPins([KEY_1, `sha256/${KEY_2}`]),
    trustKit([KEY_1, `sha256//${KEY_2}`]),
    harmonyPins([KEY_1, `sha256/${KEY_2}`]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, KEY_2] }),
  ],
  passes: [
    nscPins([KEY_1, KEY_2]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
    pinList({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  *check(project) {
    for (const seen of pinsOf(project)) {
      const { document, host, spelled, shape } = seen;
      const { prefix, onBadBase64 } = FORMAT_TRAITS[host.format];
      // Who reads a list may well add the prefix itself.
      const isMissingSomewhere = shape.prefix === '' && onBadBase64 === 'unknown';
      if (shape.isPrefixRight || isMissingSomewhere || shape.kind === 'placeholder') continue;
      const wanted = prefix === '' ? 'no prefix' : `the prefix ${prefix}`;
      const written = shape.prefix === '' ? 'none' : shape.prefix;
      const fix = shape.kind === 'pin' ? replacing(document, spelled, `${prefix}${shape.value}`) : undefined;
      yield pinReport(seen, `expected ${wanted}, found ${written}: ${EFFECTS[onBadBase64]}`, { fix });
    }
  },
};
