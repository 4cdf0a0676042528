import type { Target } from '../target.ts';
import { androidFiles } from './android-xml.ts';
import { atsDictionary } from './ats-dictionary.ts';
import { FLOOR } from './floor.ts';
import { toPropertyList } from './property-list.ts';

/** The platforms' own configurations: NativeScript's http module draws on the platforms' clients. */
export const nativeScript: Target = {
  id: 'nativescript',
  title: 'NativeScript, by the platforms',
  can: FLOOR,
  caveats: [
    'Name the Android file in App_Resources/Android/src/main/AndroidManifest.xml: android:networkSecurityConfig="@xml/network_security_config".',
    'Merge the iOS dictionary into App_Resources/iOS/Info.plist.',
    'expires holds on Android alone.',
  ],
  files: (policy, options) => [
    ...androidFiles(policy, options, 'App_Resources/Android/src'),
    {
      path: 'App_Resources/iOS/Info.pins.plist',
      text: toPropertyList({ NSAppTransportSecurity: atsDictionary(policy.hosts) }),
    },
  ],
};
