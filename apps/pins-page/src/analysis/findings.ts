import { excerptOf, type Finding, type LiveHost, lint, type Project, RULES, SEVERITIES } from '@assay/pin-configs';
import type { LintSummary, ShownFinding } from './model.ts';
import { plain } from './names.ts';

const LEAD_DAYS = 90;
const MOST_FINDINGS = 200;

/** What the linter says of these documents; with `live`, also beside the chain that was pasted for a host. */
export function findingsIn(
  documents: Project['documents'],
  now: number,
  live: ReadonlyMap<string, LiveHost>,
): LintSummary {
  const project = { documents, now, expiryLeadDays: LEAD_DAYS, ...(live.size === 0 ? {} : { live }) };
  const { findings, suppressed, rules } = lint(project, { rules: RULES });
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const gravest = findings.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_FINDINGS);
  return {
    findings: gravest.map((finding) => shown(finding, documents)),
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    suppressed: suppressed.length,
    rules,
  };
}

const weightOf = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);

function shown({ rule, severity, place, message }: Finding, documents: Project['documents']): ShownFinding {
  const about = RULES.find(({ id }) => id === rule);
  const text = documents.find(({ file }) => file === place.file)?.text;
  return {
    ...{ rule, severity, name: about?.name ?? '', file: place.file, line: place.line, column: place.column },
    message: plain(message),
    excerpt: excerptOf(text, place).map(plain),
    ...{ why: about?.why ?? '', attacker: about?.attacker ?? '', lockout: about?.lockout ?? '', fix: about?.fix ?? '' },
    ...{ masvs: about?.masvs ?? '', maswe: about?.maswe ?? '' },
  };
}
