import { fingerprintsOf } from '../lint/baseline.ts';
import type { Finding, Rule, Severity } from '../lint/rule.ts';
import type { Place } from '../place.ts';

/** Who made a report. */
export interface ReportMaker {
  readonly version: string;
  /** Address of the rules' documentation; the rule's id is added as a fragment. */
  readonly rulesUri: string;
}

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** GitHub sorts security findings by this number (its documentation of SARIF support). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', info: '2.0' };

/** A report in SARIF 2.1.0 (OASIS), findings and those that the files themselves suppress. */
export function toSarif(
  { findings, suppressed }: { readonly findings: readonly Finding[]; readonly suppressed: readonly Finding[] },
  rules: readonly Rule[],
  maker: ReportMaker,
): object {
  const fingerprints = fingerprintsOf([...findings, ...suppressed]);
  const results = [...findings, ...suppressed].map((finding, index) => ({
    ...resultOf(finding, rules, fingerprints[index] ?? ''),
    ...(index < findings.length ? {} : { suppressions: [{ kind: 'inSource' }] }),
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: driverOf(rules, maker) }, columnKind: 'utf16CodeUnits', results }],
  };
}

function driverOf(rules: readonly Rule[], { version, rulesUri }: ReportMaker): object {
  return {
    name: 'Assay',
    semanticVersion: version,
    informationUri: rulesUri,
    rules: rules.map((rule) => ({
      id: rule.id,
      name: rule.name,
      shortDescription: { text: rule.summary },
      fullDescription: { text: rule.why },
      help: { text: `${rule.fix}\nAn attacker gains: ${rule.attacker}\nLocked out: ${rule.lockout}` },
      helpUri: `${rulesUri}#${rule.id.toLowerCase()}`,
      defaultConfiguration: { level: LEVEL[rule.severity] },
      properties: {
        tags: ['security', rule.masvs, rule.maswe],
        'security-severity': SECURITY_SEVERITY[rule.severity],
      },
    })),
  };
}

function resultOf(finding: Finding, rules: readonly Rule[], fingerprint: string): object {
  const { rule, severity, message, place, fix } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: LEVEL[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, ...regionOf(place) } }],
    partialFingerprints: { 'assayFinding/v1': fingerprint },
    ...(fix === undefined ? {} : { fixes: [fixOf(fix)] }),
  };
}

/** By lines and columns, which `columnKind` is about: `charOffset` counts an astral character once, an edit twice. */
function fixOf({ file, place, text }: NonNullable<Finding['fix']>): object {
  const { region: deletedRegion } = regionOf(place);
  return {
    artifactChanges: [
      { artifactLocation: { uri: uriOf(file) }, replacements: [{ deletedRegion, insertedContent: { text } }] },
    ],
  };
}

/** A relative URI; `!` stays, so that a file inside an archive keeps its usual spelling. */
const uriOf = (file: string): string =>
  encodeURI(file.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');

function regionOf({ line, column, endLine, endColumn }: Place): { readonly region?: object } {
  if (line < 1) return {};
  const start = column < 1 ? { startLine: line } : { startLine: line, startColumn: column };
  return { region: endLine === undefined || column < 1 ? start : { ...start, endLine, endColumn } };
}
