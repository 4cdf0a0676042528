import type { Format } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import { atsCaPins, harmonyPins, KEY_1, KEY_2, nscPins, okHttp, trustKit } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

const HEX = '207d28c47238e89eee33d9249bdbebeb80dd9b6aab9aed05dff24fe783cbc0c0';
const COLONS = HEX.toUpperCase().replace(/(..)(?=.)/g, '$1:');

/** Formats whose pins are base64 and nothing else; the others have users that take hexadecimal digests. */
const BASE64_ONLY: ReadonlySet<Format> = new Set<Format>([
  'nsc',
  'ats',
  'trustkit-ios',
  'trustkit-android',
  'okhttp',
  'ktor',
  'harmony',
  'react-native',
  'curl',
  'hpkp',
  'assay',
]);

/** P008: a pin is in hexadecimal. */
export const rule: Rule = {
  id: 'P008',
  name: 'hex-pin',
  severity: 'error',
  summary: 'A pin is written in hexadecimal where base64 is read.',
  why: 'Hexadecimal digits are base64 characters, so that many decoders take them for 48 other bytes, which match nothing; those that check the length end the app. Colons mostly mean the fingerprint of the certificate, which is not the key.',
  attacker: 'nothing',
  lockout: 'everybody where the app crashes, or when no other pin matches',
  fix: 'Compute the base64 of the SHA-256 of the SubjectPublicKeyInfo.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, HEX]),
    atsCaPins([KEY_1, HEX]),
    trustKit([KEY_1, COLONS]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${HEX}`] }),
    harmonyPins([KEY_1, HEX]),
  ],
  passes: [nscPins([KEY_1, KEY_2]), okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] })],
  *check(project) {
    for (const seen of pinsOf(project)) {
      if (seen.shape.kind === 'hex' && BASE64_ONLY.has(seen.host.format)) {
        yield pinReport(seen, 'expected base64 of 32 bytes, found hexadecimal digits');
      }
    }
  },
};
