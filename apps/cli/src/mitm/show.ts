import {
  type CaseResult,
  type Conclusion,
  conclusionOf,
  type Progress,
  type RunReport,
  type Standing,
} from '@assay/mitm';
import type { World } from '../command.ts';
import { plain, type Speech, type Style } from '../speech.ts';

const MARKS: Readonly<Record<Standing, readonly [mark: string, style: Style]>> = {
  right: ['✔', 'green'],
  wrong: ['✖', 'red'],
  inconclusive: ['?', 'yellow'],
  noted: ['·', 'cyan'],
  'not-applicable': ['-', 'dim'],
};

export const isMissed = ({ standing, silent }: CaseResult): boolean => standing === 'wrong' || silent;

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
    const parts = [`${done}/${total}`, `${counts.right} right`, `${counts.wrong} wrong`, `${counts.inconclusive} open`];
    const line = [...parts, [...running].slice(-4).join(' ')].join('  ');
    terminal.write(line.slice(0, Math.max(20, (terminal.columns ?? 80) - 1)));
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

export function lineOf(speech: Speech, { case: item, standing, silent, outcome }: CaseResult): string {
  const [mark, style] = silent ? (['!', 'yellow'] as const) : MARKS[standing];
  const said = silent ? 'SILENT' : (outcome ?? standing);
  return `${speech.paint(style, mark)} ${speech.paint('bold', item.id.padEnd(6))} ${said.padEnd(13)} ${item.title}`;
}

/** The result for people: what is wrong first, then what is open, then what is known; what is right is a number. */
export function showReport(speech: Speech, report: RunReport): void {
  const { results } = report;
  if (report.controls === 'failed-before') {
    showFailedControl(speech, results[0]);
    speech.out(totals(speech, report));
    return;
  }
  const wrong = results.filter((result) => isMissed(result) && result.known === undefined);
  section(speech, 'Wrong', wrong, true);
  const undecided = results.filter(({ standing }) => standing === 'inconclusive');
  const open = undecided.filter(({ outcome }) => outcome !== undefined);
  section(speech, 'Inconclusive', open, false);
  showNotRun(
    speech,
    undecided.filter(({ outcome }) => outcome === undefined),
  );
  section(
    speech,
    'Known',
    results.filter(({ known }) => known !== undefined),
    false,
  );
  section(
    speech,
    'Noted',
    results.filter(({ standing }) => standing === 'noted'),
    false,
  );
  speech.out(totals(speech, report));
}

function section(speech: Speech, name: string, results: readonly CaseResult[], isWhole: boolean): void {
  if (results.length === 0) return;
  speech.out(`${speech.paint('bold', name)}`);
  for (const result of results.toSorted(byLeak)) {
    speech.out(`  ${lineOf(speech, result)}`);
    speech.out(`      ${plain(result.known ?? result.because, 400)}`);
    if (isWhole) showWhole(speech, result);
  }
  speech.out();
}

/** A run that was ended early would fill pages: one line for each reason. */
function showNotRun(speech: Speech, results: readonly CaseResult[]): void {
  for (const because of new Set(results.map((result) => result.because))) {
    const ids = results.filter((result) => result.because === because).map((result) => result.case.id);
    const named = ids.length > 8 ? `${ids.length} cases` : ids.join(' ');
    speech.out(`Not run: ${named}: ${plain(because, 400)}\n`);
  }
}

/** Leaks before refusals of what should have been accepted, and both before what nobody heard. */
const byLeak = (one: CaseResult, other: CaseResult): number => weight(other) - weight(one);
const weight = ({ standing, outcome }: CaseResult): number => (standing !== 'wrong' ? 0 : outcome === 'LEAKED' ? 2 : 1);

function showWhole(speech: Speech, { case: item, reproduce, observation }: CaseResult): void {
  const ids = [...item.clauses, ...item.mastg, ...item.maswe].join(', ');
  row(speech, 'forged', JSON.stringify(item.recipe));
  row(speech, 'why', item.why);
  if (ids !== '') row(speech, 'see', ids);
  if (observation.exit !== undefined) row(speech, 'user sees', userSees(observation.exit));
  row(speech, 'again', reproduce);
}

function userSees({ status, stdout, stderr }: NonNullable<CaseResult['observation']['exit']>): string {
  const said = plain(stderr === '' ? stdout : stderr, 160);
  return `exit ${status}${said === '' ? ', not a word' : `: ${said}`}`;
}

/** A command that is cut short reproduces nothing. */
const MOST = 4_000;

function row(speech: Speech, label: string, text: string): void {
  speech.out(`      ${speech.paint('dim', label.padEnd(9))} ${plain(text, MOST)}`);
}

/** Nothing else ran: the one thing to tell is what the client said of the valid server. */
function showFailedControl(speech: Speech, control: CaseResult | undefined): void {
  speech.out(speech.paint('bold', 'The client does not accept the valid server, so nothing can be proven.'));
  if (control === undefined) return;
  row(speech, 'seen', control.because);
  if (control.observation.exit !== undefined) row(speech, 'user sees', userSees(control.observation.exit));
  row(
    speech,
    'next',
    'have the client trust the file $ASSAY_CA and pin $ASSAY_PIN, and go through $HTTPS_PROXY to $ASSAY_URL',
  );
  speech.out();
}

const VERDICTS: Readonly<Record<Conclusion, Style>> = { passed: 'green', failed: 'red', inconclusive: 'yellow' };

function totals(speech: Speech, report: RunReport): string {
  const { summary, controls } = report;
  const { right, wrong, leaked, inconclusive, silent, noted } = summary;
  const verdict = conclusionOf(report);
  const counts = [
    ...[`${right} right`, `${wrong} wrong (${leaked} leaked)`, `${inconclusive} inconclusive`],
    ...(silent > 0 ? [`${silent} silent`] : []),
    ...[`${noted} noted`, `${summary['not-applicable']} not applicable`],
  ].join(', ');
  return `${speech.paint(['bold', VERDICTS[verdict]], verdict.toUpperCase())}  ${counts}; controls ${controls}`;
}
