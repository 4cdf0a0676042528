import type { AndroidSpec } from './android/phone.ts';
import type { IosSpec } from './ios/phone.ts';

/** What stays the same in all phones of one model. */
interface ModelRow<S> {
  readonly platform: 'ios' | 'android' | 'harmonyos';
  readonly name: string;
  readonly traits: S;
}

type AndroidTraits = Pick<
  AndroidSpec,
  'version' | 'attesterLevel' | 'keyLevel' | 'issuers' | 'brand' | 'model' | 'os' | 'osVersion' | 'osPatchLevel' | 'sdk'
>;
type IosTraits = Pick<IosSpec, 'os'>;

const TEE = { attesterLevel: 1, keyLevel: 1 };

/** Android test phones: how each gets its attestation key, and how old its KeyMint is. */
export const ANDROID_MODELS = {
  'test-phone-a1': {
    platform: 'android',
    name: 'Test Phone A1',
    traits: {
      ...{ ...TEE, version: 300, issuers: 'factory', brand: 'example', model: 'Test Phone A1' },
      ...{ os: '14', osVersion: 140_000, osPatchLevel: 202_610, sdk: 34 },
    },
  },
  'test-phone-a2': {
    platform: 'android',
    name: 'Test Phone A2',
    traits: {
      ...{ ...TEE, version: 400, issuers: 'rkp', brand: 'example', model: 'Test Phone A2' },
      ...{ os: '16', osVersion: 160_000, osPatchLevel: 202_611, sdk: 36 },
    },
  },
} as const satisfies Readonly<Record<string, ModelRow<AndroidTraits>>>;

export const IOS_MODELS = {
  'test-phone-i1': { platform: 'ios', name: 'Test Phone i1', traits: { os: '27.0' } },
} as const satisfies Readonly<Record<string, ModelRow<IosTraits>>>;

/** Phones of HarmonyOS NEXT, which runs no Android. */
export const HARMONY_MODELS = {
  'test-phone-h1': { platform: 'harmonyos', name: 'Test Phone H1', traits: { os: '5.1' } },
} as const satisfies Readonly<Record<string, ModelRow<{ readonly os: string }>>>;

export type HarmonyModelId = keyof typeof HARMONY_MODELS;
export type AndroidModelId = keyof typeof ANDROID_MODELS;
export type IosModelId = keyof typeof IOS_MODELS;
