export { PLAY_INTEGRITY } from './facts.ts';
export {
  inspectPlayToken,
  inspectPlayVerdict,
  type PlayTokenDescription,
  type PlayVerdictDescription,
} from './inspect.ts';
export { importPlayKeys, type PlayIntegrityKeys } from './keys.ts';
export { openPlayToken } from './open.ts';
export { PLAY_REASONS } from './reasons.ts';
export type { ExpectedPlayApp, PlayBinding, PlayIntegrityContext, PlayIntegrityInput, PlaySource } from './state.ts';
export { PLAY_INTEGRITY_CHECKS, type PlayVerdict, verifyPlayIntegrity } from './verify.ts';
