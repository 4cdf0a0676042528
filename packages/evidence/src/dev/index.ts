export { DEV_REASONS } from './reasons.ts';
export type { DevContext, DevInput } from './state.ts';
export { DEV_TYPE, type DevClaims, grantNamedBy } from './token.ts';
export { DEV, DEV_CHECKS, type DevProof, verifyDevEvidence } from './verify.ts';
