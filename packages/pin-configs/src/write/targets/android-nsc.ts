import type { Target } from '../target.ts';
import { androidFiles } from './android-xml.ts';

/** Android's own configuration; the platform enforces it for every stack that asks the platform's trust manager. */
export const androidNsc: Target = {
  id: 'android-nsc',
  title: 'Android Network Security Configuration',
  can: {
    subdomains: ['none', 'all'],
    overlap: 'most-specific',
    positions: 'any',
    expires: true,
    reports: false,
    sendsReports: false,
    privateTrust: true,
    transparency: 'configured',
    pins: 'spki',
  },
  caveats: [
    'Name it in the manifest: <application android:networkSecurityConfig="@xml/network_security_config">.',
    'expires is read in the time zone of the device, up to 14 hours before or 12 after midnight UTC.',
    'Cleartext is refused for the hosts of the policy: pins protect nothing there.',
    "Flutter's dart:io, Cronet from native code and clients with a trust manager of their own do not ask it.",
    'certificateTransparency is read from Android 16 on; older versions skip it.',
  ],
  files: (policy, options) => androidFiles(policy, options, 'app/src'),
};
