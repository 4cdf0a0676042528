import { LAB_AUTHORITY, LAB_SOURCE_SET } from '../../lab/mark.ts';
import { indented, lines, MADE_BY } from '../source.ts';
import type { Target, WriteOptions } from '../target.ts';
import { androidFiles } from './android-xml.ts';
import { atsDictionary } from './ats-dictionary.ts';
import { FLOOR } from './floor.ts';
import { linesOf, toPropertyList } from './property-list.ts';

/** The platforms' own configurations, which hold for the web view and for plugins that ask the platform. */
export const cordova: Target = {
  id: 'cordova-capacitor',
  title: 'Cordova and Capacitor, by the platforms',
  can: FLOOR,
  caveats: [
    'Cordova: take the elements of config.pins.xml into config.xml. Capacitor: copy the two files into the native projects.',
    'Plugins with TLS of their own are not covered; cordova-plugin-advanced-http compares certificates, see its own target.',
    'expires holds on Android alone.',
  ],
  files: (policy, options) => [
    ...androidFiles(policy, options, 'android/app/src'),
    {
      path: 'ios/App/App/Info.pins.plist',
      text: toPropertyList({ NSAppTransportSecurity: atsDictionary(policy.hosts) }),
    },
    {
      path: 'config.pins.xml',
      text: lines(
        '<?xml version="1.0" encoding="utf-8"?>',
        `<!-- ${MADE_BY} -->`,
        '<widget xmlns="http://www.w3.org/ns/widgets" xmlns:android="http://schemas.android.com/apk/res/android">',
        '    <platform name="android">',
        resourceFiles(options),
        '        <edit-config file="app/src/main/AndroidManifest.xml" mode="merge" target="/manifest/application">',
        '            <application android:networkSecurityConfig="@xml/network_security_config" />',
        '        </edit-config>',
        '    </platform>',
        '    <platform name="ios">',
        '        <config-file target="*-Info.plist" parent="NSAppTransportSecurity">',
        indented(linesOf(atsDictionary(policy.hosts)), '            '),
        '        </config-file>',
        '    </platform>',
        '</widget>',
      ),
    },
  ],
};

/** Cordova has no source sets: what a lab build holds is put where the release has its own. */
function resourceFiles({ lab }: WriteOptions): readonly string[] {
  const set = lab === undefined ? 'main' : LAB_SOURCE_SET;
  const names = ['xml/network_security_config.xml', ...(lab === undefined ? [] : [`raw/${LAB_AUTHORITY}.pem`])];
  return names.flatMap((name) => [
    `        <resource-file src="android/app/src/${set}/res/${name}"`,
    `            target="app/src/main/res/${name}" />`,
  ]);
}
