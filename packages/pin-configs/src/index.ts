export { FORMAT_TRAITS, type FormatTraits } from './formats.ts';
export type { ExampleFile, Finding, Report, Rule, Severity, TextEdit } from './lint/rule.ts';
export type { Connection, Outcome, Step } from './match/outcome.ts';
export type { Format, PinnedHost, PinSpelling, Spelled } from './pinned-host.ts';
export { createPlacer, type Place, type Placer } from './place.ts';
export type { PinPolicy, PolicyHost, PolicyPin } from './policy/model.ts';
export type { Document, LiveCertificate, LiveHost, Project } from './project.ts';
export { PIN_CONFIGS_REASONS } from './reasons.ts';
