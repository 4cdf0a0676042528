import {
  excerptOf,
  type Finding,
  type LintResult,
  type Project,
  type Rule,
  type Severity,
  toGithub,
  toJunit,
  toSarif,
} from '@assay/pin-configs';
import { plain, type Speech, type Style } from '../../speech.ts';
import { VERSION } from '../../version.ts';
import type { UnreadFile } from './unread.ts';

/** What a report is made of. */
export interface Reported extends Pick<LintResult, 'findings' | 'suppressed' | 'documents'> {
  readonly rules: readonly Rule[];
  readonly project: Project;
  /** Findings that the baseline knows. */
  readonly known: number;
  /** What nothing is said of, because it could not be read. */
  readonly unread: readonly UnreadFile[];
}

const MAKER = { version: VERSION, rulesUri: 'https://github.com/assay/assay/blob/main/docs/pins-rules.md' };

/** A report as text, for a file or for stdout. */
export type Renderer = (reported: Reported) => string;

/** Every form of report that machines read, one row each. */
export const REPORTS: Readonly<Record<'sarif' | 'junit' | 'github' | 'json', Renderer>> = {
  sarif: ({ findings, suppressed, rules }) =>
    `${JSON.stringify(toSarif({ findings, suppressed }, rules, MAKER), undefined, 2)}\n`,
  junit: ({ findings, rules }) => toJunit(findings, rules),
  github: ({ findings, rules }) => {
    const names = new Map(rules.map(({ id, name }) => [id, name]));
    return toGithub(findings, (rule) => names.get(rule) ?? '')
      .map((line) => `${line}\n`)
      .join('');
  },
  json: (reported) => `${JSON.stringify(toDocument(reported), undefined, 2)}\n`,
};

/** The document of `--json`. */
export function toDocument({ findings, suppressed, documents, known, rules, unread }: Reported) {
  return {
    schema: 'assay.pins.lint/1',
    counts: { ...countsOf(findings), suppressed: suppressed.length, baseline: known, documents, rules: rules.length },
    findings: findings.map(({ fix, ...finding }) => ({ ...finding, fixable: fix !== undefined })),
    unread,
  };
}

export function countsOf(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}

const STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** The report for people: each finding with its line, why it matters and what to do. */
export function tell(speech: Speech, { findings, rules, project }: Reported): void {
  const texts = new Map(project.documents.map(({ file, text }) => [file, text]));
  for (const finding of findings) {
    const rule = rules.find(({ id }) => id === finding.rule);
    tellOne(speech, finding, rule, texts.get(finding.place.file));
  }
  const [first] = findings;
  if (first !== undefined) speech.out(`Why, and what an attacker gains: assay pins rules ${first.rule}`);
}

function tellOne(speech: Speech, { rule, severity, place, message }: Finding, about: Rule | undefined, text?: string) {
  const where = place.line > 0 ? `:${place.line}${place.column > 0 ? `:${place.column}` : ''}` : '';
  speech.out(
    `${speech.paint('bold', `${plain(place.file)}${where}`)}  ${speech.paint(STYLE[severity], severity)}  ${rule} ${about?.name ?? ''}`,
  );
  speech.out(`  ${plain(message, 1000)}`);
  for (const line of excerptOf(text, place)) speech.out(speech.paint('dim', `    | ${plain(line)}`).trimEnd());
  if (about !== undefined) speech.out(`  ${speech.paint('dim', 'fix:')} ${about.fix}`);
  speech.out();
}
