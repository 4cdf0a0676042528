import type { CaseGroup } from '../case.ts';
import type { CaseResult, RunReport } from '../outcome.ts';
import { CONTROL_WORDS, isFinding } from './words.ts';

/**
 * A report in JUnit's XML: a suite a group, a test case a case. Wrong or silent is a failure, inconclusive an error,
 * since nothing was proven; what did not apply is skipped, with the reason.
 */
export function toJunit(report: RunReport): string {
  const groups = [...new Set(report.results.map((result) => result.case.group))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="assay mitm run" ${counted(report.results)}>`,
    ...groups.flatMap((group) => suiteOf(group, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(group: CaseGroup, report: RunReport): readonly string[] {
  const results = report.results.filter((result) => result.case.group === group);
  const at = new Date(report.startedAt).toISOString().slice(0, 19);
  return [
    `  <testsuite name="${escaped(group)}" timestamp="${at}" ${counted(results)}>`,
    `    <properties>${propertiesOf(report)}</properties>`,
    ...results.map((result) => testOf(result)),
    '  </testsuite>',
  ];
}

const propertiesOf = ({ client, hosts, way, controls, version }: RunReport): string =>
  Object.entries({ client: client.profile, hosts: hosts.join(' '), way, controls: CONTROL_WORDS[controls], version })
    .map(([name, value]) => `<property name="${name}" value="${escaped(value)}"/>`)
    .join('');

function counted(results: readonly CaseResult[]): string {
  const count = (holds: (result: CaseResult) => boolean): number => results.filter(holds).length;
  const time = results.reduce((sum, result) => sum + secondsOf(result), 0);
  return [
    `tests="${results.length}" failures="${count(isFinding)}"`,
    `errors="${count(({ standing }) => standing === 'inconclusive')}"`,
    `skipped="${count(({ standing }) => standing === 'not-applicable')}" time="${time.toFixed(3)}"`,
  ].join(' ');
}

const secondsOf = ({ startedAt, endedAt }: CaseResult): number => Math.max(0, endedAt - startedAt) / 1_000;

function testOf(result: CaseResult): string {
  const { id, title, group } = result.case;
  const name = escaped(`${id} ${title}`);
  const head = `    <testcase classname="assay.mitm.${escaped(group)}" name="${name}" time="${secondsOf(result).toFixed(3)}"`;
  const child = childOf(result);
  return child === '' ? `${head}/>` : `${head}>${child}</testcase>`;
}

function childOf(result: CaseResult): string {
  const { standing, because, outcome, known, reproduce } = result;
  const why = result.case.why;
  const body = escaped([because, why, ...(known === undefined ? [] : [`Known: ${known}`]), reproduce].join('\n'));
  const message = escaped(because);
  if (standing === 'wrong') return `<failure type="${outcome ?? 'wrong'}" message="${message}">${body}</failure>`;
  if (result.silent) return `<failure type="SILENT" message="refused, but no report came">${body}</failure>`;
  if (standing === 'inconclusive') return `<error type="${outcome ?? 'NOT-RUN'}" message="${message}">${body}</error>`;
  if (standing === 'not-applicable') return `<skipped message="${message}"/>`;
  return standing === 'noted' ? `<system-out>${message}</system-out>` : '';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0: what may not stand there at all becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
