export { CAPTCHA_PROVIDERS, type CaptchaProvider, type ProviderRow } from './providers.ts';
export { WEB_REASONS } from './reasons.ts';
export type { WebAnswer, WebContext, WebInput } from './state.ts';
export { verifyWebEvidence, WEB, WEB_CHECKS, type WebProof } from './verify.ts';
