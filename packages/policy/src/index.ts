export { evaluatePolicy } from './evaluate.ts';
export { FACTS, type FactPath, type FactRow, type FactType, type FactValue, isFactPath } from './facts.ts';
export { parsePolicy } from './parse.ts';
export type { AssuranceRow, Condition, Policy, Rule, RuleCode } from './policy.ts';
export { POLICY_REASONS } from './reasons.ts';
export type { Operands, Requirement, RequirementKind, Scalar } from './requirement.ts';
export { STRICT_DEVELOPMENT_POLICY, STRICT_POLICY } from './strict.ts';
export {
  mergeThreats,
  PROOFS,
  type ProofRow,
  provenThreats,
  type Quarantine,
  type Registered,
  SIGNAL_PROVIDERS,
  SIGNALS,
  type SignalContext,
  type SignalProvider,
  type SignalRow,
  type SignalScene,
  type SignalThreats,
  threatsOf,
  weightOf,
} from './signals/index.ts';
