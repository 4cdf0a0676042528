import type { Rule } from '../rule.ts';
import { atsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, pinnedDomains } from './support/examples.ts';
import { weight } from './support/weight.ts';

const PINNED = pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }));

/** A001: NSPinnedDomains where nobody looks. */
export const rule: Rule = {
  id: 'A001',
  name: 'misplaced',
  severity: 'error',
  summary: 'NSPinnedDomains stands where the platform does not look, or is no dictionary.',
  why: 'The platform reads it in NSAppTransportSecurity alone, as a dictionary of dictionaries. Everything else it skips without a word.',
  attacker: 'meets an app without pins',
  lockout: 'nobody',
  fix: 'Move the dictionary directly into NSAppTransportSecurity.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    ats(`<key>NSExceptionDomains</key>\n<dict>\n${PINNED}\n</dict>`),
    ats('<key>NSPinnedDomains</key>\n<array>\n<string>example.com</string>\n</array>'),
  ],
  passes: [ats(PINNED), ats('<key>NSAllowsLocalNetworking</key>\n<true/>')],
  *check(project) {
    for (const { document, ats: config } of atsOf(project)) {
      for (const { message, place } of config.misplaced) {
        yield {
          message: `expected NSPinnedDomains as a dictionary in NSAppTransportSecurity: ${message}`,
          place,
          ...weight(document.variant !== 'debug' && document.variant !== 'test'),
        };
      }
    }
  },
};
