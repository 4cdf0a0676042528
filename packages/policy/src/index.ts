export { type DeadRule, deadRules } from './analysis/dead.ts';
export { diffPolicies, type PolicyChange, type PolicyDiff } from './analysis/diff.ts';
export type { Loosens } from './analysis/loosens.ts';
export { type AutomaticBan, automaticBans } from './bans.ts';
export type { Expression, ValueExpression } from './cel/expression.ts';
export { PolicyDocumentError, type PolicyFault } from './document/faults.ts';
export { type EvaluateOptions, evaluatePolicy } from './evaluate.ts';
export { EXAMPLE_DEVICES, EXAMPLE_TIME } from './examples/devices.ts';
export { exampleFacts } from './examples/facts.ts';
export { type ExampleMismatch, type ExampleResult, testPolicy } from './examples/test-policy.ts';
export { FACT_PATHS, FACTS, type FactPath, type FactRow, type FactType, type FactValue, isFactPath } from './facts.ts';
export { type PolicyAbout, parsePolicy } from './parse.ts';
export type {
  Annotation,
  AssuranceRow,
  BanRule,
  Example,
  Expectation,
  Otherwise,
  Outage,
  Policy,
  Rule,
  RuleCode,
} from './policy.ts';
export { PRESETS, type Preset, presetOf } from './presets/presets.ts';
export {
  type LaunchTerms,
  STRICT_DEVELOPMENT_POLICY,
  STRICT_POLICY,
  strictPolicy,
  strictSource,
} from './presets/strict.ts';
export { POLICY_REASONS } from './reasons.ts';
export { reasonOf } from './rule-reason.ts';
export { policySchema } from './schema.ts';
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
export {
  type Breakdown,
  type Count,
  createSimulation,
  type MatrixCell,
  type Named,
  type RuleEffect,
  type SampledAppraisal,
  type SampledOutcome,
  type Simulation,
  type SimulationOptions,
  type SimulationRates,
  type SimulationReport,
} from './simulate/index.ts';
export { FACT_FORMATS, type FactFormat, type FactKnown, type FactSources } from './sources.ts';
