import type { Rule } from '../rule.ts';
import { plist } from './support/apple.ts';
import { appsOf } from './support/apps.ts';
import { ats, atsDomain, KEY_1, KEY_2, pinnedDomains } from './support/examples.ts';

const APP = ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] })));
const KIND =
  '<key>NSExtension</key>\n<dict>\n<key>NSExtensionPointIdentifier</key>\n<string>com.apple.share-services</string>\n</dict>';

/** A006: the app is pinned and its extension is not. */
export const rule: Rule = {
  id: 'A006',
  name: 'extension-without-pins',
  severity: 'warning',
  summary: 'An app extension has no NSPinnedDomains, while its app has.',
  why: 'An extension is a program of its own, with an Info.plist of its own. What the app states does not hold for it.',
  attacker: 'intercepts what the extension sends',
  lockout: 'nobody',
  fix: 'Repeat NSAppTransportSecurity in the Info.plist of each extension that speaks to the pinned hosts.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [[...APP, ...plist('Share/Info.plist', KIND)]],
  passes: [
    APP,
    plist('Share/Info.plist', KIND),
    [
      ...APP,
      ...plist(
        'Share/Info.plist',
        `${KIND}\n<key>NSAppTransportSecurity</key>\n<dict>\n${pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }))}\n</dict>`,
      ),
    ],
  ],
  *check(project) {
    for (const app of appsOf(project)) {
      const lists = app.filter((document) => document.kind === 'plist');
      const main = lists.find(({ isExtension, ats: own }) => !isExtension && (own?.pinnedDomains.length ?? 0) > 0);
      if (main === undefined) continue;
      for (const { file } of lists.filter((each) => each.isExtension && (each.ats?.pinnedDomains.length ?? 0) === 0)) {
        const message = `expected NSPinnedDomains as in ${main.file}, found none in the extension`;
        yield { message, place: { file, line: 1, column: 1 } };
      }
    }
  },
};
