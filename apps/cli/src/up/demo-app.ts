import type { VirtualApp } from '@assay/virtual-devices';

/** The name that the demo app puts into its statements. */
export const APP_ID = 'com.example.bank';

/** The demo app as both platforms know it. */
export const APP: VirtualApp = {
  appleId: 'DEMO000000.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: '5e'.repeat(32),
  versionCode: 4201,
};

export const APP_VERSION = '4.2.0';
export const SECRET = 'maps';
