import type { AndroidManifest } from '../../android/manifest.ts';
import { readBoolean } from '../../android/values.ts';
import type { Rule } from '../rule.ts';
import { ships, weight } from './support/weight.ts';

/** Targets up to and with these have the older default. */
const LAST_TRUSTING_USERS = 23;
const LAST_PERMITTING_CLEARTEXT = 27;

const manifest = (target: number, attribute = '') => [
  {
    path: 'app/src/main/AndroidManifest.xml',
    text: `<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n  <uses-sdk android:targetSdkVersion="${target}"/>\n  <application${attribute}/>\n</manifest>\n`,
  },
];

/** N006: old defaults hold. */
export const rule: Rule = {
  id: 'N006',
  name: 'old-target',
  severity: 'warning',
  summary: 'An app for an older target has no Network Security Configuration, and older defaults hold.',
  why: 'Without one, targets up to 27 permit cleartext, and targets up to 23 trust authorities that users add.',
  attacker:
    'reads and changes what goes over http; for targets up to 23 all traffic, with a certificate of its own on the device',
  lockout: 'nobody',
  fix: 'Raise targetSdkVersion, or name a Network Security Configuration that says no to both.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0050',
  fires: [manifest(27), manifest(23, ' android:usesCleartextTraffic="false"')],
  passes: [
    manifest(28),
    manifest(27, ' android:usesCleartextTraffic="false"'),
    manifest(23, ' android:networkSecurityConfig="@xml/network_security_config"'),
  ],
  *check({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'manifest') continue;
      const { targetSdk, networkSecurityConfig, root } = document.manifest;
      const found = networkSecurityConfig === undefined ? defaultsOf(document.manifest) : [];
      if (found.length === 0) continue;
      const { line, column } = root.at;
      yield {
        message: `expected a Network Security Configuration for target ${targetSdk}, found none: ${found.join(' and ')}`,
        place: { file: document.file, line, column },
        ...weight(ships(document)),
      };
    }
  },
};

function defaultsOf({ targetSdk, usesCleartextTraffic }: AndroidManifest): readonly string[] {
  if (targetSdk === undefined) return [];
  const isForbidden = readBoolean(usesCleartextTraffic?.text ?? '') === false;
  return [
    ...(targetSdk <= LAST_PERMITTING_CLEARTEXT && !isForbidden ? ['cleartext is permitted'] : []),
    ...(targetSdk <= LAST_TRUSTING_USERS ? ['authorities of users are trusted'] : []),
  ];
}
