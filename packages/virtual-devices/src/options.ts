import type { Clock, Random } from '@assay/core';
import type { VirtualApp } from './app.ts';
import type { Fault } from './faults.ts';
import type { AndroidModelId, HarmonyModelId, IosModelId } from './models.ts';
import type { TestRoots } from './roots.ts';
import type { VirtualAppCheck } from './software/app-check.ts';
import type { VirtualCaptcha } from './software/captcha.ts';
import type { VirtualGrant } from './software/grant.ts';

interface PhoneOptions {
  readonly roots: TestRoots;
  readonly app: VirtualApp;
  readonly random: Random;
  readonly clock: Clock;
  /** What is wrong with it; nothing by default. */
  readonly faults?: readonly Fault[];
}

export type VirtualPhoneOptions =
  | (PhoneOptions & {
      readonly platform: 'android';
      readonly model?: AndroidModelId;
      /** `key` unless given. */
      readonly brings?: AndroidEvidence;
    })
  | (PhoneOptions & { readonly platform: 'ios'; readonly model?: IosModelId })
  | (PhoneOptions & { readonly platform: 'harmonyos'; readonly model?: HarmonyModelId })
  | (PhoneOptions & { readonly platform: 'app-check'; readonly appCheck: VirtualAppCheck })
  | (PhoneOptions & { readonly platform: 'web'; readonly captcha: VirtualCaptcha })
  | (PhoneOptions & { readonly platform: 'dev'; readonly grant: VirtualGrant });

/** What an Android test phone has of proof: a keystore that attests, Google Play, Huawei's services. */
export type AndroidEvidence = 'key' | 'key+play' | 'key+play-classic' | 'play' | 'play-classic' | 'hms';
