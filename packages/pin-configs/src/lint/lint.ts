import type { Project } from '../project.ts';
import type { Finding, Rule, Severity } from './rule.ts';
import { createSuppressions } from './suppressions.ts';

export interface LintOptions {
  readonly rules: readonly Rule[];
  /** Only these ids; all where absent. */
  readonly only?: readonly string[];
  /** Not these ids. */
  readonly ignore?: readonly string[];
  /** Nothing beneath this severity. */
  readonly minimum?: Severity;
}

export interface LintResult {
  /** In the order of file, line, column, rule. */
  readonly findings: readonly Finding[];
  /** Findings that a comment or `tools:ignore` takes back. */
  readonly suppressed: readonly Finding[];
  readonly documents: number;
  readonly rules: number;
}

export const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** True when `severity` weighs as much as `minimum`, or more. */
export const isAtLeast = (severity: Severity, minimum: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimum);

/** Runs the rules over a project. Rules that look at hosts run only when the project says what they serve. */
export function lint(project: Project, options: LintOptions): LintResult {
  const rules = options.rules.filter((rule) => isWanted(rule, project, options));
  const found = rules.flatMap((rule) => findingsOf(rule, project));
  const minimum = options.minimum ?? 'info';
  const weighed = found.filter(({ severity }) => isAtLeast(severity, minimum)).sort(byPlace);
  const suppressions = createSuppressions(project);
  return {
    findings: weighed.filter((finding) => !suppressions.covers(finding)),
    suppressed: weighed.filter((finding) => suppressions.covers(finding)),
    documents: project.documents.length,
    rules: rules.length,
  };
}

function isWanted(rule: Rule, project: Project, { only, ignore = [] }: LintOptions): boolean {
  if (rule.live === true && project.live === undefined) return false;
  return (only === undefined || only.includes(rule.id)) && !ignore.includes(rule.id);
}

function findingsOf(rule: Rule, project: Project): Finding[] {
  return Array.from(rule.check(project), (report) => ({ severity: rule.severity, ...report, rule: rule.id }));
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.rule, b.rule)
  );
}

/** By code unit: the same order on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
