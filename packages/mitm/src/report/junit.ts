import type { CaseGroup } from '../case.ts';
import type { CaseResult, RunReport } from '../outcome.ts';
import { escaped } from './escaped.ts';
import { CONTROL_WORDS, type Excuse, isFinding, NO_EXCUSE, outcomeWordOf } from './words.ts';

/**
 * A report in JUnit's XML: a suite a group, a test case a case. Wrong or silent is a failure, inconclusive an error,
 * since nothing was proven; what did not apply is skipped, with the reason, and so is a finding that fails no run.
 */
export function toJunit(report: RunReport, isExcused: Excuse = NO_EXCUSE): string {
  const shown = report.results.map((result): Shown => ({ ...result, child: childOf(result, isExcused) }));
  const groups = [...new Set(shown.map((result) => result.case.group))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="assay mitm run" ${counted(shown)}>`,
    ...groups.flatMap((group) => suiteOf(group, report, shown)),
    '</testsuites>',
    '',
  ].join('\n');
}

/** What stands within a test case; nothing where it has passed. */
interface Child {
  readonly name: 'failure' | 'error' | 'skipped' | 'system-out';
  readonly text: string;
}
type Shown = CaseResult & { readonly child: Child | undefined };

function suiteOf(group: CaseGroup, report: RunReport, shown: readonly Shown[]): readonly string[] {
  const results = shown.filter((result) => result.case.group === group);
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

function counted(results: readonly Shown[]): string {
  const count = (name: Child['name']): number => results.filter(({ child }) => child?.name === name).length;
  const time = results.reduce((sum, result) => sum + secondsOf(result), 0);
  const counts = `failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return `tests="${results.length}" ${counts} time="${time.toFixed(3)}"`;
}

const secondsOf = ({ startedAt, endedAt }: CaseResult): number => Math.max(0, endedAt - startedAt) / 1_000;

function testOf(result: Shown): string {
  const { id, title, group } = result.case;
  const name = escaped(`${id} ${title}`);
  const head = `    <testcase classname="assay.mitm.${escaped(group)}" name="${name}" time="${secondsOf(result).toFixed(3)}"`;
  return result.child === undefined ? `${head}/>` : `${head}>${result.child.text}</testcase>`;
}

function childOf(result: CaseResult, isExcused: Excuse): Child | undefined {
  const { standing, because, known, reproduce } = result;
  const body = [because, result.case.why, ...(known === undefined ? [] : [`Known: ${known}`]), reproduce].join('\n');
  const outcome = outcomeWordOf(result);
  if (isFinding(result) && isExcused(result)) {
    return skipped(
      `${standing}, and no failure: ${known === undefined ? 'so it was in the baseline' : `known: ${known}`}`,
    );
  }
  if (standing === 'wrong') return told('failure', outcome ?? 'wrong', because, body);
  if (result.silent) return told('failure', 'SILENT', 'refused, but no report came', body);
  if (standing === 'inconclusive') return told('error', outcome ?? 'NOT-RUN', because, body);
  if (standing === 'not-applicable') return skipped(because);
  if (standing !== 'noted') return undefined;
  return { name: 'system-out', text: `<system-out>${escaped(because)}</system-out>` };
}

const skipped = (message: string): Child => ({ name: 'skipped', text: `<skipped message="${escaped(message)}"/>` });

const told = (name: 'failure' | 'error', type: string, message: string, body: string): Child => ({
  name,
  text: `<${name} type="${type}" message="${escaped(message)}">${escaped(body)}</${name}>`,
});
