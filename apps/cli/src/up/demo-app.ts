import type { VirtualApp } from '@assay/virtual-devices';

/** One app of the demo, as it is registered and as it is on its phones. */
export interface DemoApp {
  /** The name that the app puts into its statements. */
  readonly id: string;
  readonly label: string;
  /** The policy that judges it. */
  readonly policy: string;
  /** The route of the demo API that it calls. */
  readonly route: string;
  /** As the platforms know it. */
  readonly virtual: VirtualApp;
}

/** For hardware alone. */
export const BANK: DemoApp = {
  ...{ id: 'com.example.bank', label: 'Demo bank', policy: 'strict', route: '/v1/balance' },
  virtual: {
    ...{ appleId: 'DEMO000000.com.example.bank', bundleVersion: '4201' },
    ...{ package: 'com.example.bank', signer: '5e'.repeat(32), versionCode: 4201 },
  },
};

/** Takes every kind of evidence, for what it proves. */
export const SHOP: DemoApp = {
  ...{ id: 'com.example.shop', label: 'Demo shop', policy: 'demo-shop', route: '/v1/catalogue' },
  virtual: {
    ...{ appleId: 'DEMO000000.com.example.shop', bundleVersion: '120' },
    ...{ package: 'com.example.shop', signer: '7a'.repeat(32), versionCode: 120, huaweiAppId: '100200300' },
  },
};

export const APPS: readonly DemoApp[] = [BANK, SHOP];

export const APP_VERSION = '4.2.0';
export const SECRET = 'maps';
