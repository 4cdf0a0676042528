export {
  type Decided,
  type EffectiveAnchor,
  type EffectiveScope,
  effectiveScope,
  type ManifestDefaults,
} from './android/effective.ts';
export type { AndroidManifest } from './android/manifest.ts';
export { matchNsc } from './android/match-nsc.ts';
export type { NscConfig, NscDomainConfig, NscProblem, NscScope } from './android/nsc.ts';
export { nscPinnedHosts } from './android/pinned-hosts.ts';
export { readManifest } from './android/read-manifest.ts';
export { readNsc } from './android/read-nsc.ts';
export { matchTrustKitAndroid, trustKitProblems } from './android/trustkit.ts';
export { type Audit, auditArtifact } from './artifact/audit/audit.ts';
export { type AuditFact, TOPICS } from './artifact/audit/fact.ts';
export type { ArtifactEntries } from './artifact/entries.ts';
export { isArtifact, readArtifact } from './artifact/read.ts';
export { FORMAT_TRAITS, type FormatTraits } from './formats.ts';
export { type PublicKeyPins, parsePublicKeyPins } from './hpkp/header.ts';
export { isNoted, matchPublicKeyPins, type NotedPins } from './hpkp/match.ts';
export { KNOWN_AUTHORITIES, type KnownAuthority, knownAuthority } from './known/authorities.ts';
export { LAB_AUTHORITY, LAB_FOLDER, LAB_PIN } from './lab/mark.ts';
export { beyondBaseline, fingerprintsOf } from './lint/baseline.ts';
export { applyEdits, editsOf } from './lint/edits.ts';
export { isAtLeast, type LintOptions, type LintResult, lint, SEVERITIES } from './lint/lint.ts';
export type { ExampleFile, Finding, Report, Rule, Severity, TextEdit } from './lint/rule.ts';
export { RULES } from './lint/rules/index.ts';
export { type Explained, explain, type Surroundings, verdictOf } from './match/explain.ts';
export type { Connection, Outcome, Step } from './match/outcome.ts';
export { isOkHttpPattern, matchOkHttp, type OkHttpEntry } from './okhttp/match.ts';
export type { Format, PinnedHost, PinSpelling, Spelled } from './pinned-host.ts';
export { createPlacer, type Place, type Placer } from './place.ts';
export { type PolicyFault, PolicyRefused } from './policy/faults.ts';
export type { PinPolicy, PolicyHost, PolicyPin } from './policy/model.ts';
export { policyPinnedHosts, readPolicy } from './policy/read.ts';
export type { PolicyContext } from './policy/rules.ts';
export { policySchema } from './policy/schema.ts';
export type { Document, LiveCertificate, LiveHost, Project } from './project.ts';
export { isOfInterest, readDocuments } from './read/read-documents.ts';
export { PIN_CONFIGS_REASONS } from './reasons.ts';
export { excerptOf } from './report/excerpt.ts';
export { githubCommand, toGithub } from './report/github.ts';
export { toJunit } from './report/junit.ts';
export { type ReportMaker, toSarif } from './report/sarif.ts';
export { UnreadableFile } from './unreadable.ts';
export type { Abilities, LabVariant, Target, Warning, WriteOptions, Written, WrittenFile } from './write/target.ts';
export { TARGETS } from './write/targets/index.ts';
export { TargetRefused, writeTarget } from './write/write.ts';
export { parseXml } from './xml/read.ts';
