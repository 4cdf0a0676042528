import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, nscPins, okHttp, pinList } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

const PEM_LINE = 'MIIGNjCCBR6gAwIBAgIJAMMPdHTC7eM5MA0GCSqGSIb3DQEBCwUAMGYxCzAJBgNV';

/** P007: a certificate stands where its key's digest should. */
export const rule: Rule = {
  id: 'P007',
  name: 'pasted-certificate',
  severity: 'error',
  summary: 'A pin is a piece of a certificate.',
  why: 'A pin is the digest of a public key. The base64 of a certificate, which begins with MII, decodes and never matches.',
  attacker: 'nothing',
  lockout: 'everybody at once when no other pin matches; where the length is checked the app crashes',
  fix: 'Compute the pin of that certificate instead of pasting it.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, PEM_LINE]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${PEM_LINE}`] }),
    pinList({ 'example.com': [`sha256/${KEY_1}`, `sha256/${PEM_LINE}`] }),
  ],
  passes: [nscPins([KEY_1, KEY_2]), pinList({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] })],
  *check(project) {
    for (const seen of pinsOf(project)) {
      if (seen.shape.kind === 'certificate') {
        yield pinReport(seen, 'expected the digest of a key, found a piece of a certificate');
      }
    }
  },
};
