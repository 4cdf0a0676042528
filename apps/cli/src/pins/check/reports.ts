import { githubCommand } from '@assay/pin-configs';
import { plain, type Speech, type Style } from '../../speech.ts';
import type { CheckFinding } from './findings.ts';

const STYLES: Readonly<Record<CheckFinding['effect'], Style>> = {
  breaks: 'red',
  unprotected: 'yellow',
  fragile: 'cyan',
};

const place = ({ place: at }: CheckFinding): string =>
  at === null || at.line < 1 ? (at?.file ?? '') : `${at.file}:${at.line}`;

const when = (finding: CheckFinding): string => (finding.when === null ? 'now' : finding.when.slice(0, 10));

/** One finding for people: who, when, why, and what to paste. */
export function tellFinding(speech: Speech, finding: CheckFinding): void {
  const who = finding.mechanism === null ? finding.host : `${finding.host}  ${finding.mechanism}`;
  const where = [place(finding), finding.addresses.join(' ')].filter((part) => part !== '').join('  ');
  speech.out(`${speech.paint(STYLES[finding.effect], finding.effect)}  ${speech.paint('bold', who)}  ${when(finding)}`);
  speech.out(`  ${plain(finding.message)}`);
  if (where !== '') speech.out(`  ${speech.paint('dim', plain(where))}`);
  speech.out(`  next: ${plain(finding.next, 1000)}`);
  if (finding.paste === null) return;
  speech.out('  served now, leaf first; paste the one that is yours to keep:');
  for (const line of finding.paste.split('\n')) speech.out(`    ${line}`);
}

const LEVELS: Readonly<Record<CheckFinding['effect'], string>> = {
  breaks: 'error',
  unprotected: 'error',
  fragile: 'warning',
};

/** One annotation of GitHub a finding. */
export function toAnnotation(finding: CheckFinding): string {
  const { place: at, host, mechanism, message, next } = finding;
  const who = mechanism === null ? host : `${host} (${mechanism})`;
  const where = at === null ? {} : { file: plain(at.file), line: at.line < 1 ? undefined : at.line };
  const what = plain(`${when(finding)}: ${message}; next: ${next}`, 1000);
  return githubCommand(LEVELS[finding.effect], { ...where, title: `pins: ${who}` }, what);
}
