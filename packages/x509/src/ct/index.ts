export { isPoisoned, sctsOf, sctsOfOcsp } from './embedded.ts';
export type { CtEntry, CtEntryKind } from './entry.ts';
export {
  type CtEvaluation,
  type CtEvaluationInput,
  type CtPolicyCode,
  type CtPolicyRow,
  evaluateCtPolicy,
} from './evaluate-policy.ts';
export {
  CT_LOG_STATES,
  type CtLog,
  type CtLogDescription,
  type CtLogState,
  type CtLogStateName,
  createCtLog,
} from './log.ts';
export { type CtLogList, parseAppleLogList, parseGoogleLogList, verifyGoogleLogList } from './log-list.ts';
export {
  APPLE_CT_POLICY,
  CHROME_CT_POLICY,
  type CtLifetimeRow,
  type CtPolicy,
  type CtWay,
  type SctOrigin,
} from './policy.ts';
export { leafIndexOf, parseSct, parseSctList, type Sct, type SctOfOtherVersion, type SctV1 } from './sct.ts';
export { type SctInput, type SctOutcome, verifySct, verifySctEntry } from './verify-sct.ts';
