export * from './admin/act.ts';
export * from './admin/audit.ts';
export * from './admin/credentials.ts';
export * from './admin/disagreements.ts';
export { type FactsWish, factsOf, type StreamedFacts, toStreamed } from './admin/facts.ts';
export { GrantWish, giveGrant, revokeGrant } from './admin/grants.ts';
export * from './admin/operators.ts';
export { endOrder, giveOrder, type Ordered } from './admin/orders/orders.ts';
export { OrderWish } from './admin/orders/rules.ts';
export { type Applied, applyPlan, planRollback } from './admin/policies/apply.ts';
export { type AppPlan, applyApp, planApp } from './admin/policies/apps.ts';
export { type Impact, impactOf } from './admin/policies/impact.ts';
export { type PolicyPlan, PolicySource, planPolicy } from './admin/policies/plan.ts';
export { approveProposal, withdrawProposal } from './admin/policies/proposals.ts';
export * from './admin/policies/views.ts';
export { type Replay, replayAppraisal } from './admin/replay/replay.ts';
export { revokeInstance, revokeListed } from './admin/revocation.ts';
export { type Rewrapped, rewrapAll } from './admin/rewrap.ts';
export * from './admin/secrets.ts';
export { type Trace, traceOf } from './admin/trace.ts';
export type { Answer } from './attest/answer.ts';
export { type AttestPath, attest } from './attest/attest.ts';
export { noteRefusedInput } from './attest/refused-input.ts';
export { type RetainedEvidence, retainedEvidence } from './attest/retain.ts';
export type { Caller } from './attest/situation.ts';
export { type ChallengeWish, makeChallenge } from './challenge.ts';
export * from './compat/app-check/index.ts';
export type { Installation, Service, Trust } from './context.ts';
export { conclude, judge } from './decide/conclude.ts';
export * from './events.ts';
export * from './issuers.ts';
export { createKeyKeeper, createKeyRow, type IssuerKeys, type KeyKeeper } from './keys/issuer-keys.ts';
export { revokeTokenKey, rotateKeys } from './keys/rotate.ts';
export { networkShareOf } from './networks.ts';
export { newestRoot, type PublishedPins, publishedPins, publishPinSet, publishRoot } from './pins.ts';
export { type BrokenPolicy, createPolicyKeeper, type PolicyKeeper, policyOf } from './policies.ts';
export { SERVICE_REASONS } from './reasons.ts';
export { type Remembered, rememberReceipt } from './receipts/remember.ts';
export { type Renewal, type RenewalReport, renewReceipts } from './receipts/renew.ts';
export * from './registry/documents.ts';
export { registerDocument } from './registry/register.ts';
export * from './registry/registry.ts';
export * from './rejections.ts';
export { markRestored, type Restored } from './restore/restored.ts';
export {
  type Advisories,
  assertCurrent,
  assertSuccessor,
  parseAdvisories,
  readAdvisories,
  signAdvisories,
} from './trust/advisories.ts';
export type { AdvisoriesDocument, Advisory, Affected } from './trust/advisory-document.ts';
export { createTrustFeed, type FeedOptions, type TrustFeed } from './trust/feed.ts';
export type { Judge, Review, ReviewCause } from './trust/review.ts';
export { reviewAdvisories } from './trust/review-advisories.ts';
export { readStatusCopy, type StatusCopy, VENDOR_URLS } from './trust/sources.ts';
export * from './trust/state.ts';
export { createAppCheckKeys } from './vendors/app-check-keys.ts';
export { createAppleReceipts } from './vendors/apple-receipts.ts';
export { type AppleTeamKey, createTeamTokens } from './vendors/apple-team.ts';
export { type CaptchaOptions, createCaptcha } from './vendors/captcha.ts';
export { createDeviceCheck } from './vendors/device-check.ts';
export type { GoogleAccount } from './vendors/google-account.ts';
export { createPlayDecoder } from './vendors/play-decode.ts';
export { createPlayRecall } from './vendors/play-recall.ts';
export type * from './vendors/types.ts';
