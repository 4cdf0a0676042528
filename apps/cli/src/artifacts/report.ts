import { type Audit, type AuditFact, type Finding, RULES, TOPICS } from '@assay/pin-configs';
import { plain, type Speech, type Style } from '../speech.ts';

export interface AuditPage extends Audit {
  readonly file: string;
  readonly findings: readonly Finding[];
}

const STYLE: Readonly<Record<AuditFact['level'], Style>> = { error: 'red', warning: 'yellow', info: 'dim' };
const MARK: Readonly<Record<AuditFact['level'], string>> = { error: 'error', warning: 'warn ', info: '     ' };

/** The page for people: facts by topic, each with its place, then what the rules find. */
export function tellAudit(speech: Speech, page: AuditPage): void {
  speech.out(`${speech.paint('bold', plain(page.file))}  ${page.form.toUpperCase()}`);
  for (const topic of TOPICS) {
    const facts = page.facts.filter((fact) => fact.topic === topic);
    if (facts.length > 0)
      tellPart(
        speech,
        topic,
        facts.map(({ level, says, place }) => ({ level, text: says, place })),
        page.file,
      );
  }
  const findings = page.findings.filter(({ severity }) => severity !== 'info');
  if (findings.length > 0) tellPart(speech, 'findings of assay pins lint', findings.map(lineOf), page.file);
}

interface Line {
  readonly level: AuditFact['level'];
  readonly text: string;
  readonly place: AuditFact['place'];
}

function lineOf({ rule, severity, message, place }: Finding): Line {
  const name = RULES.find(({ id }) => id === rule)?.name ?? '';
  return { level: severity, text: `${rule} ${name}: ${message}`, place };
}

/** Lines of a part that are no finding: a page is for reading. */
const MAX_ORDINARY = 25;

function tellPart(speech: Speech, title: string, lines: readonly Line[], file: string): void {
  speech.out();
  speech.out(speech.paint('bold', title));
  const ordinary = lines.filter(({ level }) => level === 'info');
  const left = new Set(ordinary.slice(MAX_ORDINARY));
  for (const { level, text, place } of lines.filter((line) => !left.has(line))) {
    const where = speech.paint('dim', `[${plain(shownPlace(place, file))}]`);
    speech.out(`  ${speech.paint(STYLE[level], MARK[level])} ${plain(text, 600)}  ${where}`);
  }
  if (left.size > 0) speech.out(`        and ${left.size} more of the kind, which --json lists`);
}

/** The file itself is at the top of the page. */
function shownPlace({ file, line }: AuditFact['place'], app: string): string {
  const member = file.startsWith(`${app}!/`) ? file.slice(app.length + 2) : file;
  return line > 0 ? `${member}:${line}` : member;
}

/** The document of `--json`. */
export function toAuditDocument({
  file,
  form,
  facts,
  findings,
  documents,
}: AuditPage): Parameters<Speech['result']>[0] {
  const unread = documents.flatMap((document) =>
    document.kind === 'unreadable' ? [{ file: document.file, message: document.message }] : [],
  );
  const shown = findings.map(({ fix: _, ...finding }) => finding);
  return { schema: 'assay.app.audit/1', file, form, facts, findings: shown, unread };
}
