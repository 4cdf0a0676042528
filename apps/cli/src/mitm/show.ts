import {
  type Baseline,
  type CaseResult,
  type Conclusion,
  conclusionOf,
  differencesOf,
  type Excuse,
  outcomeWordOf,
  type Progress,
  type RunReport,
  type Standing,
} from '@assay/mitm';
import type { World } from '../command.ts';
import { plain, type Speech, type Style } from '../speech.ts';
import { showComparison } from './baseline.ts';
import { showFailedControl } from './failed-control.ts';
import { row, userSees } from './rows.ts';

const MARKS: Readonly<Record<Standing, readonly [mark: string, style: Style]>> = {
  right: ['✔', 'green'],
  wrong: ['✖', 'red'],
  inconclusive: ['?', 'yellow'],
  noted: ['·', 'cyan'],
  'not-applicable': ['-', 'dim'],
};

const isMissed = ({ standing, silent }: CaseResult): boolean => standing === 'wrong' || silent;

/** How a run goes, while it does: a line that is written over at a terminal, a line for each finding elsewhere. */
export interface Live {
  report(progress: Progress): void;
  end(): void;
}

export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const EVERY = 25;

export function liveFor({ speech }: Pick<World, 'speech'>, terminal: Terminal): Live {
  return terminal.isTTY === true ? onTerminal(speech, terminal) : inLines(speech);
}

function onTerminal(speech: Speech, terminal: Terminal): Live {
  const running = new Set<string>();
  const counts: Record<Standing, number> = { right: 0, wrong: 0, inconclusive: 0, noted: 0, 'not-applicable': 0 };
  const clear = (): void => void terminal.write('\r\u001B[2K');
  const status = (done: number, total: number): void => {
    const parts = [
      total === 0 ? 'beginning' : `${done}/${total}`,
      `${counts.right} right`,
      `${counts.wrong} wrong`,
      `${counts.inconclusive} open`,
    ];
    const line = [...parts, [...running].slice(-4).join(' ')].join('  ');
    terminal.write(line.slice(0, Math.max(20, (terminal.columns || 80) - 1)));
  };
  let [done, total] = [0, 0];
  return {
    report(progress) {
      clear();
      if (progress.kind === 'begun') running.add(progress.case.id);
      if (progress.kind === 'watched') running.delete(progress.case.id);
      if (progress.kind === 'judged') {
        running.delete(progress.result.case.id);
        counts[progress.result.standing] += 1;
        [done, total] = [progress.done, progress.total];
        if (isMissed(progress.result)) terminal.write(`${lineOf(speech, progress.result)}\n`);
      }
      status(done, total);
    },
    end: clear,
  };
}

function inLines(speech: Speech): Live {
  return {
    report(progress) {
      if (progress.kind !== 'judged') return;
      const { result, done, total } = progress;
      if (isMissed(result)) speech.talk(lineOf(speech, result));
      if (done % EVERY === 0 || done === total) speech.talk(`${done} of ${total} cases`);
    },
    end() {},
  };
}

export function lineOf(speech: Speech, result: CaseResult): string {
  const { case: item, standing, silent } = result;
  const [mark, style] = silent ? (['!', 'yellow'] as const) : MARKS[standing];
  const said = silent ? 'SILENT' : (outcomeWordOf(result) ?? standing);
  return `${speech.paint(style, mark)} ${speech.paint('bold', item.id.padEnd(6))} ${said.padEnd(13)} ${item.title}`;
}

/** What a report is read against. */
export interface Against {
  readonly isExcused?: Excuse;
  readonly baseline?: Baseline | undefined;
}

/** The result for people: what is wrong first, then what is open, then what is known; what is right is a number. */
export function showReport(
  speech: Speech,
  report: RunReport,
  { isExcused = () => false, baseline }: Against = {},
): void {
  if (report.controls === 'failed-before') showFailedControl(speech, report);
  else showResults(speech, report.results, isExcused);
  showComparison(speech, baseline, report);
  speech.out(totals(speech, report, isExcused));
}

function showResults(speech: Speech, results: readonly CaseResult[], isExcused: Excuse): void {
  const of = (wanted: Standing): readonly CaseResult[] => results.filter(({ standing }) => standing === wanted);
  const known = results.filter((result) => result.known !== undefined);
  const unknown = results.filter((result) => isMissed(result) && result.known === undefined);
  const fresh = unknown.filter((result) => !isExcused(result));
  const seen = of('inconclusive').filter(({ outcome }) => outcome !== undefined);
  const unseen = of('inconclusive').filter(({ outcome }) => outcome === undefined);
  whole(speech, 'Wrong', fresh);
  brief(speech, 'Wrong as before', unknown.filter(isExcused));
  brief(speech, 'Inconclusive', seen);
  byReason(speech, 'Not run', unseen);
  brief(speech, 'Known', known);
  brief(speech, 'Noted', of('noted'));
  byReason(speech, 'Not applicable', of('not-applicable'));
}

/** With everything that is known of each. */
function whole(speech: Speech, name: string, results: readonly CaseResult[]): void {
  if (results.length === 0) return;
  speech.out(speech.paint('bold', name));
  for (const result of results.toSorted(byLeak)) {
    showOne(speech, result);
    showWhole(speech, result);
  }
  speech.out();
}

const MOST_ALIKE = 3;

/** Where many came to the same, one line for all of them: a run that was ended early would fill pages. */
function brief(speech: Speech, name: string, results: readonly CaseResult[]): void {
  if (results.length === 0) return;
  const isOneOfMany = (result: CaseResult): boolean =>
    results.filter((each) => reasonOf(each) === reasonOf(result)).length > MOST_ALIKE;
  speech.out(speech.paint('bold', name));
  for (const result of results.filter((each) => !isOneOfMany(each)).toSorted(byLeak)) showOne(speech, result);
  showReasons(speech, results.filter(isOneOfMany));
  speech.out();
}

function byReason(speech: Speech, name: string, results: readonly CaseResult[]): void {
  if (results.length === 0) return;
  speech.out(speech.paint('bold', name));
  showReasons(speech, results);
  speech.out();
}

function showOne(speech: Speech, result: CaseResult): void {
  speech.out(`  ${lineOf(speech, result)}`);
  speech.out(`      ${plain(reasonOf(result), 400)}`);
}

const reasonOf = ({ known, because }: CaseResult): string => known ?? because;

const MOST_NAMED = 8;

/** One line for each reason. */
function showReasons(speech: Speech, results: readonly CaseResult[]): void {
  for (const reason of new Set(results.map(reasonOf))) {
    const ids = results.filter((result) => reasonOf(result) === reason).map((result) => result.case.id);
    const named = ids.length > MOST_NAMED ? `${ids.length} cases` : ids.join(' ');
    speech.out(`  ${speech.paint('bold', named)}: ${plain(reason, 400)}`);
  }
}

/** Leaks before refusals of what should have been accepted, and both before what nobody heard. */
const byLeak = (one: CaseResult, other: CaseResult): number => weight(other) - weight(one);
const weight = (result: CaseResult): number =>
  result.standing !== 'wrong' ? 0 : outcomeWordOf(result) === 'LEAKED' ? 2 : 1;

function showWhole(speech: Speech, { case: item, reproduce, observation }: CaseResult): void {
  const ids = [...item.clauses, ...item.mastg, ...item.maswe].join(', ');
  const differences = differencesOf(item);
  row(speech, 'forged', differences.length === 0 ? 'nothing: the valid server' : differences.join('; '));
  row(speech, 'why', item.why);
  if (ids !== '') row(speech, 'see', ids);
  if (observation.exit !== undefined) row(speech, 'user sees', userSees(observation.exit));
  row(speech, 'again', reproduce);
}

const VERDICTS: Readonly<Record<Conclusion, Style>> = { passed: 'green', failed: 'red', inconclusive: 'yellow' };

const CONTROLS: Readonly<Record<RunReport['controls'], string>> = {
  passed: 'controls passed',
  'failed-before': 'the valid server was not accepted',
  'failed-after': 'at the end the valid server was no longer accepted',
  'not-run': 'ended before the last control',
};

function totals(speech: Speech, report: RunReport, isExcused: Excuse): string {
  const { summary, controls, results } = report;
  const { right, wrong, leaked, inconclusive, silent, noted } = summary;
  const verdict = conclusionOf(report, isExcused);
  const excused = results.filter((result) => isMissed(result) && isExcused(result)).length;
  const counts = [
    ...[`${right} right`, `${wrong} wrong (${leaked} leaked)`],
    ...(silent > 0 ? [`${silent} silent`] : []),
    ...(excused > 0 ? [`${excused} of these excused`] : []),
    `${inconclusive} inconclusive`,
    ...[`${noted} noted`, `${summary['not-applicable']} not applicable`],
  ].join(', ');
  return `${speech.paint(['bold', VERDICTS[verdict]], verdict.toUpperCase())}  ${counts}; ${CONTROLS[controls]}`;
}
