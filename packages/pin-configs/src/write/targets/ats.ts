import { lines } from '../source.ts';
import type { Target, WrittenFile } from '../target.ts';
import { atsDictionary } from './ats-dictionary.ts';
import { toPropertyList } from './property-list.ts';

/** Apple's own pinning: a part of Info.plist that the system enforces for URLSession. */
export const ats: Target = {
  id: 'ats',
  title: 'App Transport Security NSPinnedDomains',
  can: {
    subdomains: ['none', 'one'],
    overlap: 'union',
    positions: 'one-kind',
    expires: false,
    reports: false,
    sendsReports: false,
    privateTrust: false,
    transparency: 'platform',
    pins: 'spki',
  },
  caveats: [
    'Merge the dictionary into the Info.plist of the app and of every extension; each is a process of its own.',
    'It holds for the life of the installed version: there is no end, no report and no change without an update.',
    'A CA pin is compared with every certificate but the leaf.',
    'Network.framework and libraries with TLS of their own do not ask it.',
  ],
  files: ({ hosts }, { debug }) => [
    { path: 'Info.pins.plist', text: toPropertyList({ NSAppTransportSecurity: atsDictionary(hosts) }) },
    ...(debug === true ? [DEBUG_RECIPE] : []),
  ],
};

/** The platform knows no debug override, so the builds get different lists. */
const DEBUG_RECIPE: WrittenFile = {
  path: 'debug-builds.md',
  text: lines(
    '# Pins out of debug builds',
    '',
    'App Transport Security has no override for debug builds. Keep the pins out of the list that debug builds get:',
    '',
    '1. Keep `Info.plist` without `NSPinnedDomains`.',
    '2. Add a Run Script phase after Copy Bundle Resources, with "Based on dependency analysis" off and',
    '   `$(SRCROOT)/Info.pins.plist` as its input file:',
    '',
    '   ```sh',
    '   set -eu',
    '   [ "$CONFIGURATION" = Debug ] && exit 0',
    '   plist="$TARGET_BUILD_DIR/$INFOPLIST_PATH"',
    '   /usr/libexec/PlistBuddy -c "Merge \\"$SRCROOT/Info.pins.plist\\"" "$plist"',
    '   /usr/libexec/PlistBuddy -c "Print :NSAppTransportSecurity:NSPinnedDomains" "$plist" > /dev/null',
    '   ```',
    '',
    'Merge skips keys that are there already, so `Info.plist` may hold no `NSAppTransportSecurity` of its own; the last line',
    'ends the build when the pins did not arrive. Code signing runs after the script phases.',
    '',
    'Check the archive: `plutil -p Payload/App.app/Info.plist`, or `assay pins lint` over the built app.',
  ),
};
