export { KEY_ATTESTATION } from './facts.ts';
export { inspectKeyAttestation, type KeyAttestationDescription } from './inspect.ts';
export { ANDROID_KEY_REASONS } from './reasons.ts';
export type { ExpectedApp, KeyAttestationContext, KeyAttestationInput } from './state.ts';
export { parseStatusList, type StatusEntry, type StatusList } from './status-list.ts';
export {
  GOOGLE_HARDWARE_ANCHORS,
  GOOGLE_SOFTWARE_ANCHORS_NEVER_FOR_PRODUCTION,
  HARDWARE_ANCHOR,
  loadGoogleHardwareAnchors,
} from './trust.ts';
export { type AttestedAndroidKey, KEY_ATTESTATION_CHECKS, verifyKeyAttestation } from './verify.ts';
