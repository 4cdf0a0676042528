import { FORMAT_TRAITS } from '../../formats.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, KEY_1, KEY_2, nscPins, okHttp } from './support/examples.ts';
import { EFFECTS, pinReport } from './support/pin-report.ts';
import { decodedLength, pinsOf } from './support/pins.ts';

const DIGEST_BYTES = 32;

/** P004: a pin is no SHA-256. */
export const rule: Rule = {
  id: 'P004',
  name: 'bad-length',
  severity: 'error',
  summary: 'A pin decodes to something else than 32 bytes.',
  why: 'A SHA-256 has 32 bytes. OkHttp and App Transport Security take any length and never find it in a chain; Android and TrustKit end the app.',
  attacker: 'nothing',
  lockout: 'everybody where the app crashes; else everybody once the remaining pins change',
  fix: 'Compute the pin again: base64 of the SHA-256 of the SubjectPublicKeyInfo, 44 characters.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0=']),
    atsCaPins([KEY_1, 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0=']),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, 'sha256/IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0='] }),
  ],
  passes: [nscPins([KEY_1, KEY_2]), atsCaPins([KEY_1, KEY_2])],
  *check(project) {
    for (const seen of pinsOf(project)) {
      const { host, spelled, shape } = seen;
      const mayBe = shape.kind === 'wrong_length' || shape.kind === 'not_base64' || shape.kind === 'pin';
      if (!mayBe || !shape.isPrefixRight) continue;
      const length = decodedLength(host.format, spelled.text, shape);
      if (length === undefined || length === DIGEST_BYTES) continue;
      const effect = EFFECTS[FORMAT_TRAITS[host.format].onBadLength];
      yield pinReport(seen, `expected a digest of ${DIGEST_BYTES} bytes, found ${length} bytes: ${effect}`);
    }
  },
};
