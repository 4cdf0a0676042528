import { readBoolean } from '../../android/values.ts';
import type { ExampleFile, Rule } from '../rule.ts';
import { ships, weight } from './support/weight.ts';

const manifest = (attributes: string): readonly ExampleFile[] => [
  {
    path: 'app/src/main/AndroidManifest.xml',
    text: `<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example">\n  <application${attributes}/>\n</manifest>\n`,
  },
];

/** N016: the manifest permits cleartext, and no configuration takes it back. */
export const rule: Rule = {
  id: 'N016',
  name: 'manifest-cleartext',
  severity: 'error',
  summary: 'The manifest permits connections without TLS, and names no Network Security Configuration.',
  why: 'android:usesCleartextTraffic="true" permits http to every host. From API 24 on it is skipped where a Network Security Configuration is named.',
  attacker: 'reads and changes what goes over http, anywhere on the way',
  lockout: 'nobody',
  fix: 'Remove the attribute, and permit cleartext by a configuration for the hosts that need it.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0050',
  fires: [manifest(' android:usesCleartextTraffic="true"')],
  passes: [
    manifest(''),
    manifest(' android:usesCleartextTraffic="false"'),
    manifest(' android:usesCleartextTraffic="true" android:networkSecurityConfig="@xml/net"'),
  ],
  *check({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'manifest') continue;
      const { usesCleartextTraffic: found, networkSecurityConfig } = document.manifest;
      if (found === undefined || networkSecurityConfig !== undefined || readBoolean(found.text) !== true) continue;
      const message =
        'expected usesCleartextTraffic="false" or a Network Security Configuration, found "true" and none';
      yield { message, place: found.place, ...weight(ships(document)) };
    }
  },
};
