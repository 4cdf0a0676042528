import { FORMAT_TRAITS } from '../../formats.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, KEY_2, nscPins, okHttp, trustKit } from './support/examples.ts';
import { EFFECTS, pinReport } from './support/pin-report.ts';
import { decodedLength, pinsOf } from './support/pins.ts';

/** P003: a pin cannot be decoded. */
export const rule: Rule = {
  id: 'P003',
  name: 'bad-base64',
  severity: 'error',
  summary: 'A pin is not base64 as its platform decodes it.',
  why: 'Android and TrustKit end the app over it (AOSP XmlConfigSource, TrustKit parse_configuration.m); App Transport Security drops the pin without a word, and fails every connection when none is left.',
  attacker: 'nothing',
  lockout: 'everybody where the app crashes; else everybody once the remaining pins change',
  fix: 'Compute the pin again from the certificate or key, and paste all 44 characters.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLw']),
    atsCaPins([KEY_1, KEY_2.replace('=', '')]),
    trustKit([KEY_1, KEY_2.replace('M', '!')]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2.replace('M', '!')}`] }),
  ],
  passes: [
    // Android passes over white space and takes pins without padding; App Transport Security does neither.
    nscPins([KEY_1, `  ${KEY_2.replace('=', '')}  `]),
    atsCaPins([KEY_1, KEY_2]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2.replace('=', '')}`] }),
  ],
  *check(project) {
    for (const seen of pinsOf(project)) {
      const { host, spelled, shape } = seen;
      const mayBe = shape.kind === 'not_base64' || shape.kind === 'pin' || shape.kind === 'wrong_length';
      if (!mayBe || !shape.isPrefixRight || decodedLength(host.format, spelled.text, shape) !== undefined) continue;
      const { title, onBadBase64 } = FORMAT_TRAITS[host.format];
      yield pinReport(seen, `expected base64 as ${title} reads it, found something else: ${EFFECTS[onBadBase64]}`);
    }
  },
};
