import type { Rule } from '../rule.ts';
import { KEY_1, KEY_2, okHttp, pinList } from './support/examples.ts';
import { pinReport } from './support/pin-report.ts';
import { pinsOf } from './support/pins.ts';

const SHA1 = 'sha1/MGmZ2TKsxPWOO5YDS7qlnhDCmM8=';

/** P011: a pin of SHA-1. */
export const rule: Rule = {
  id: 'P011',
  name: 'sha1-pin',
  severity: 'warning',
  summary: 'A pin is a SHA-1 digest.',
  why: 'Only OkHttp still takes sha1/; RFC 7469 defines SHA-256 alone. Such a pin was written long ago, and mostly names a key that is gone.',
  attacker: 'nothing today: a second key with the same SHA-1 cannot be made yet',
  lockout: 'nobody yet; everybody when the library drops SHA-1',
  fix: 'Replace it by the sha256/ pin of the same key.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [okHttp({ 'example.com': [`sha256/${KEY_1}`, SHA1] }), pinList({ 'example.com': [`sha256/${KEY_1}`, SHA1] })],
  passes: [okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] })],
  *check(project) {
    for (const seen of pinsOf(project)) {
      if (seen.shape.kind === 'sha1') yield pinReport(seen, 'expected a pin of SHA-256, found one of SHA-1');
    }
  },
};
