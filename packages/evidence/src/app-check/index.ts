export { readAppCheckKeys } from './keys.ts';
export { APP_CHECK_REASONS } from './reasons.ts';
export type { AppCheckContext, AppCheckInput } from './state.ts';
export { APP_CHECK, APP_CHECK_CHECKS, type AppCheckToken, verifyAppCheckToken } from './verify.ts';
