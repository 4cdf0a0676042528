import { BOOT, ORIGIN, PURPOSE } from './android/key-description.ts';
import type { AndroidSpec } from './android/phone.ts';
import type { VirtualApp } from './app.ts';
import type { HuaweiSpec } from './huawei/result.ts';
import { HUAWEI_HOST } from './huawei/service.ts';
import type { IosSpec } from './ios/phone.ts';
import { ANDROID_MODELS, type AndroidModelId, IOS_MODELS, type IosModelId } from './models.ts';
import type { PlaySpec } from './play/verdict.ts';

/** What devices without a fault are and say. */

const asAsked = (binding: string): string => binding;

export function androidSpec(app: VirtualApp, model: AndroidModelId): AndroidSpec {
  return {
    ...ANDROID_MODELS[model].traits,
    ...{ package: app.package, signer: app.signer, versionCode: app.versionCode },
    ...{ purposes: [PURPOSE.sign], origin: ORIGIN.generated, locked: true, bootState: BOOT.verified },
    ...{ authorities: 'genuine', chain: 'as_issued', challengeFor: asAsked },
  };
}

/** Apple's validation category of an app from the App Store. */
const APP_STORE = 4;

export function iosSpec(app: VirtualApp, model: IosModelId): IosSpec {
  return {
    ...IOS_MODELS[model].traits,
    ...{ appId: app.appleId, bundleVersion: app.bundleVersion, environment: 'production', category: APP_STORE },
    ...{ authorities: 'genuine', counterStep: 1, challengeFor: asAsked },
  };
}

export function playSpec(app: VirtualApp, model: AndroidModelId): PlaySpec {
  return {
    ...{ package: app.package, signer: app.signer, versionCode: app.versionCode },
    ...{ sdk: ANDROID_MODELS[model].traits.sdk, recognition: 'PLAY_RECOGNIZED', ageMs: 0 },
    labels: ['MEETS_BASIC_INTEGRITY', 'MEETS_DEVICE_INTEGRITY', 'MEETS_STRONG_INTEGRITY'],
    ...{ authorities: 'genuine', bindingFor: asAsked },
  };
}

const APP_ID = '100200300';

export function huaweiSpec(app: VirtualApp, flavour: HuaweiSpec['flavour']): HuaweiSpec {
  return {
    ...{ flavour, package: app.package, signer: app.signer, appId: app.huaweiAppId ?? APP_ID },
    ...{ basicIntegrity: true, detail: [], ageMs: 0, host: HUAWEI_HOST },
    ...{ authorities: 'genuine', bindingFor: asAsked },
  };
}
