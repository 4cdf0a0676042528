export type { AssertionInput } from './assertion/state.ts';
export { ASSERTION_CHECKS, type Assertion, verifyAppAttestAssertion } from './assertion/verify.ts';
export type { AttestationContext, AttestationInput } from './attestation/state.ts';
export { ATTESTATION_CHECKS, type AttestedKey, verifyAppAttestAttestation } from './attestation/verify.ts';
export { APPLE_ENCODINGS, clientDataHashOf, decodeAppleEvidence, parseKeyId } from './encodings.ts';
export { keyOfPoint, pointOfSpki } from './p256.ts';
export { APPLE_REASONS } from './reasons.ts';
export { type AppleTrust, loadAppleTrust } from './trust.ts';
