export type { VirtualApp } from './app.ts';
export { TEST_ROOT_NAME, type TestAuthorities } from './certificates/authorities.ts';
export { FAULTS, type Fault, type FaultRow } from './faults.ts';
export { createVirtualAppAttest, type VirtualAppAttest, type VirtualAppAttestOptions } from './ios/service.ts';
export { ANDROID_MODELS, type AndroidModelId, IOS_MODELS, type IosModelId } from './models.ts';
export { createVirtualPhone, type VirtualPhone, type VirtualPhoneOptions } from './phone.ts';
export { VIRTUAL_DEVICES_REASONS } from './reasons.ts';
export { createSeededRandom, createTestRoots, type TestAnchor, type TestRoots } from './roots.ts';
