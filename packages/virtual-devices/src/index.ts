export type { VirtualApp } from './app.ts';
export { TEST_ROOT_NAME, type TestAuthorities } from './certificates/authorities.ts';
export { FAULTS, type Fault, type FaultKind, type FaultRow } from './faults.ts';
export { HUAWEI_HOST } from './huawei/service.ts';
export { createVirtualAppAttest, type VirtualAppAttest, type VirtualAppAttestOptions } from './ios/service.ts';
export {
  ANDROID_MODELS,
  type AndroidModelId,
  HARMONY_MODELS,
  type HarmonyModelId,
  IOS_MODELS,
  type IosModelId,
} from './models.ts';
export type { AndroidEvidence, VirtualPhoneOptions } from './options.ts';
export { createVirtualPhone, type VirtualPhone } from './phone.ts';
export { VIRTUAL_DEVICES_REASONS } from './reasons.ts';
export { createSeededRandom, createTestRoots, type TestAnchor, type TestPlayKeys, type TestRoots } from './roots.ts';
export { createVirtualAppCheck, type VirtualAppCheck } from './software/app-check.ts';
export { type CaptchaSolution, createVirtualCaptcha, type VirtualCaptcha } from './software/captcha.ts';
export type { VirtualGrant } from './software/grant.ts';
