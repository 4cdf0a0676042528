import { indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
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
        '        <resource-file src="android/app/src/main/res/xml/network_security_config.xml"',
        '            target="app/src/main/res/xml/network_security_config.xml" />',
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
