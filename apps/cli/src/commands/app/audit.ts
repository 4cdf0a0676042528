import { auditArtifact, type Finding, lint, type Project, RULES } from '@assay/pin-configs';
import { withArchive } from '../../artifacts/read.ts';
import { type AuditPage, tellAudit, toAuditDocument } from '../../artifacts/report.ts';
import { type Command, operandsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';

const HELP = `
Shows what a built app says about its hardening, beside its pinning: an APK, an app bundle (AAB) or an IPA. Every line is a
fact with the place where it was read; what the rules of \`assay pins lint\` find in the app stands at the end. No code is
run, no signature is verified, nothing leaves this machine, and no secret that the app may hold is printed.

  build        debuggable, test-only, backups, SDK levels, entitlements that open the app
  network      cleartext, trusted certificates (users' too), pins by host, App Transport Security
  components   what other apps can call without a permission
  signature    which schemes are there
  program      encryption by the store, symbols, placement in memory
  code         network stacks and which pins reach them, trust managers, readable script, certificate files

  --now TIME   the clock of the run, ISO 8601 (default: now); makes runs repeatable
  --json       one JSON document, schema assay.app.audit/1

Exit codes: 0 no error among facts and findings, 1 at least one, 2 no built app, 3 the file cannot be read.

Examples:
  assay app audit app-release.apk
  assay app audit App.ipa --json
`;

export const appAuditCommand: Command = {
  name: 'app audit',
  operands: 'FILE [options]',
  summary: 'Shows the hardening facts of a built app beside its pinning.',
  help: HELP,
  options: { now: { type: 'string' } },
  run,
};

const LEAD_DAYS = 90;

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const now = timeOf(values, 'now') ?? world.now();
  const audit = await withArchive(world, file, (entries) => auditArtifact(entries, file));
  const project: Project = { documents: audit.documents, now, expiryLeadDays: LEAD_DAYS };
  const page: AuditPage = { ...audit, file, findings: lint(project, { rules: RULES }).findings };
  tellAudit(world.speech, page);
  world.speech.result(toAuditDocument(page));
  return hasError(page.facts) || hasError(page.findings) ? EXIT.no : EXIT.ok;
}

const hasError = (all: readonly { readonly level?: string; readonly severity?: Finding['severity'] }[]): boolean =>
  all.some(({ level, severity }) => level === 'error' || severity === 'error');
