import type { CaseResult, Outcome, RunReport, Standing } from '../outcome.ts';

/** Both forms of a finding: what fails a run. */
export const isFinding = ({ standing, silent }: CaseResult): boolean => standing === 'wrong' || silent;

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  right: 'right',
  wrong: 'wrong',
  inconclusive: 'inconclusive',
  noted: 'noted',
  'not-applicable': 'not applicable',
};

export const CONTROL_WORDS: Readonly<Record<RunReport['controls'], string>> = {
  passed: 'The valid server was accepted before and after.',
  'failed-before': 'The valid server was not accepted before the run: no refusal proves anything.',
  'failed-after': 'The valid server was not accepted after the run: no refusal proves anything.',
  'not-run': 'No positive control was run: no refusal proves anything.',
};

/** What `OUTCOMES` calls a leak is none where data may come. */
export const ARRIVED = 'ARRIVED';

/** The outcome as people read it; nothing where none was seen. */
export const outcomeWordOf = ({
  case: { expect },
  outcome,
}: Pick<CaseResult, 'case' | 'outcome'>): Outcome | typeof ARRIVED | undefined =>
  outcome === 'LEAKED' && expect !== 'refuse' ? ARRIVED : outcome;

/** Findings that fail no run: known ones, where they are accepted, or those of a baseline. */
export type Excuse = (result: CaseResult) => boolean;
export const NO_EXCUSE: Excuse = () => false;

/** What a run comes to, most serious first. */
export type Conclusion = 'failed' | 'inconclusive' | 'passed';

/**
 * A run without a single case that proved something has not passed. One that ended at its first control has not failed either: a
 * client that was set up wrongly, or a release that trusts no test authority, refuses the valid server.
 */
export function conclusionOf(
  { controls, summary, results }: Pick<RunReport, 'controls' | 'summary' | 'results'>,
  isExcused: Excuse = NO_EXCUSE,
): Conclusion {
  if (controls === 'failed-before') return 'inconclusive';
  if (results.some((result) => isFinding(result) && !isExcused(result))) return 'failed';
  return controls === 'passed' && summary.inconclusive === 0 && summary.right > 0 ? 'passed' : 'inconclusive';
}

/** `2026-11-21 20:14:05 UTC` of epoch milliseconds. */
export function toUtc(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'unknown' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `850 ms`, `12.3 s`, `4 min 05 s`. */
export function toDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
