import { createHash } from 'node:crypto';
import { CASES } from '../battery/battery.ts';
import type { Case } from '../case.ts';
import type { CaseResult, RunReport } from '../outcome.ts';
import { isFinding, STANDING_WORDS, toUtc } from './words.ts';

export interface SarifOptions {
  /** Address of the documentation of cases; the anchor of a case is added as a fragment. */
  readonly casesUri: string;
  /** What findings are shown at, a relative path: a result of a run has no line. The client's profile unless told. */
  readonly artifact?: string;
}

/** What a finding weighs. GitHub sorts security findings by the number (its documentation of SARIF support). */
interface Weight {
  readonly level: 'error' | 'warning' | 'note';
  readonly severity: string;
}

const WEIGHTS: Readonly<Record<'leak' | 'lockout' | 'silent', Weight>> = {
  leak: { level: 'error', severity: '9.0' },
  lockout: { level: 'warning', severity: '4.0' },
  silent: { level: 'note', severity: '2.0' },
};

/**
 * A report in SARIF 2.1.0 (OASIS). Findings are results: known ones suppressed, with their reason. What was not proven is no
 * finding in the client, and stands among the notifications of the run.
 */
export function toSarif(report: RunReport, options: SarifOptions): object {
  const findings = report.results.filter(isFinding);
  const cases = report.results.map((result) => result.case);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driverOf(report, cases, options) },
        invocations: [invocationOf(report)],
        columnKind: 'utf16CodeUnits',
        results: findings.map((result) => resultOf(result, cases, report, options)),
      },
    ],
  };
}

function driverOf({ version }: RunReport, cases: readonly Case[], { casesUri }: SarifOptions): object {
  return {
    name: 'Assay',
    semanticVersion: version,
    informationUri: casesUri,
    rules: cases.map((one) => ({
      id: one.id,
      name: nameOf(one),
      shortDescription: { text: one.title },
      fullDescription: { text: one.why },
      help: { text: [one.why, ...one.clauses].join('\n') },
      helpUri: `${casesUri}#${anchorOf(one)}`,
      defaultConfiguration: { level: weightOf(one).level },
      properties: {
        tags: ['security', ...one.masvs, ...one.mastg, ...one.maswe],
        'security-severity': weightOf(one).severity,
      },
    })),
  };
}

/** Where docs/mitm-cases.md tells of a case: by its id in small letters, and of those that it does not list, all in one place. */
const anchorOf = ({ id }: Case): string => (LISTED.has(id) ? id.toLowerCase() : 'cases-of-your-own');
const LISTED: ReadonlySet<string> = new Set(CASES.map((one) => one.id));

/** In Pascal case, as SARIF asks of names. */
const nameOf = ({ group, id }: Case): string =>
  [...group.split('-'), ...id.split('.')].map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`).join('');

const weightOf = ({ expect }: Case): Weight => (expect === 'accept' ? WEIGHTS.lockout : WEIGHTS.leak);

function invocationOf({ startedAt, endedAt, results }: RunReport): object {
  const open = results.filter(({ standing }) => standing === 'inconclusive');
  return {
    executionSuccessful: true,
    startTimeUtc: new Date(startedAt).toISOString(),
    endTimeUtc: new Date(endedAt).toISOString(),
    toolExecutionNotifications: open.map((result) => ({
      level: 'warning',
      associatedRule: { id: result.case.id },
      message: { text: `${result.case.id} is ${STANDING_WORDS.inconclusive}: ${result.because}` },
    })),
  };
}

function resultOf(
  result: CaseResult,
  cases: readonly Case[],
  { client, startedAt }: RunReport,
  { artifact }: SarifOptions,
): object {
  const { case: one, standing, because, known, outcome, reproduce } = result;
  const isSilent = standing !== 'wrong';
  const text = isSilent ? `Refused, but no report came. ${because}` : because;
  return {
    ruleId: one.id,
    ruleIndex: cases.indexOf(one),
    kind: 'fail',
    level: isSilent ? WEIGHTS.silent.level : weightOf(one).level,
    message: { text: `${one.title}. ${text}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(artifact ?? `clients/${client.profile}`) } },
        logicalLocations: [{ name: client.profile, kind: 'module' }],
      },
    ],
    partialFingerprints: { 'assayMitm/v1': fingerprintOf(client.profile, one.id, isSilent ? 'SILENT' : 'WRONG') },
    properties: { outcome, standing, reproduce, runAt: toUtc(startedAt) },
    ...(known === undefined ? {} : { suppressions: [{ kind: 'external', justification: known }] }),
  };
}

/** The same finding in the same client, whatever the run. */
const fingerprintOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);

/** A relative URI. */
const uriOf = (file: string): string =>
  encodeURI(file.toWellFormed().replaceAll('\\', '/').replace(/^\/+/, ''))
    .replaceAll('#', '%23')
    .replaceAll('?', '%3F');
