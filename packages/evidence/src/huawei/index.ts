export { type Flavour as HuaweiFlavour, HARMONY_SYSINTEGRITY, HUAWEI_SYSINTEGRITY } from './flavours.ts';
export { refuseHarmonyKey } from './harmony-key.ts';
export { inspectSysIntegrity, type SysIntegrityDescription } from './inspect.ts';
export { HUAWEI_REASONS } from './reasons.ts';
export type { ExpectedHuaweiApp, SysIntegrityContext, SysIntegrityInput } from './state.ts';
export { HUAWEI_ANCHORS, loadHuaweiAnchors } from './trust.ts';
export { SYS_INTEGRITY_CHECKS, type SysIntegrityResult, verifySysIntegrity } from './verify.ts';
