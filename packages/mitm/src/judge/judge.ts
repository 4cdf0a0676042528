import type { Case } from '../case.ts';
import type { Observation } from '../observation.ts';
import type { CaseResult, Judged, RunReport, Standing } from '../outcome.ts';
import { benchOf, type JudgeContext } from './bench.ts';
import { RULINGS } from './rulings.ts';
import { scopeOf } from './scope.ts';
import { trialOf } from './shapes.ts';

/**
 * What a case came to, by application data alone. Begins at `inconclusive`: a refusal counts only beside a passed positive
 * control, watched to its end, with no octet on any connection.
 */
export function judge(one: Case, observation: Observation, context: JudgeContext): Judged {
  const bench = benchOf(one, observation, context);
  const ruling = RULINGS[one.expect].find(({ holds }) => holds(bench));
  if (ruling === undefined) throw new TypeError('the last ruling holds for everything');
  const { standing } = ruling;
  const silent =
    standing === 'right' && isReportable(one) && context.reportsExpected && observation.reports.length === 0;
  return { outcome: bench.outcome, standing, silent, because: ruling.because(bench) };
}

/** Reports are about certificates (TrustKit, RFC 7469 3): none has a form for a version, a cipher or noise that was refused. */
const isReportable = (one: Case): boolean =>
  one.expect === 'refuse' && trialOf(one) === 'certificate' && scopeOf(one).name !== 'cleartext';

/** The same report judged once more from what it records; what was never judged, since it did not apply or was not staged, stays. */
export function rejudge(report: RunReport): RunReport {
  const { controls, reportsExpected } = report;
  const results = report.results.map((result): CaseResult => {
    if (result.outcome === undefined) return result;
    const { known, ...rest } = result;
    const judged = judge(result.case, result.observation, { controls, reportsExpected, settled: result.settled });
    const isSame = judged.standing === result.standing && judged.outcome === result.outcome;
    return { ...rest, ...judged, ...(isSame && known !== undefined ? { known } : {}) };
  });
  return { ...report, results, summary: summarize(results) };
}

export function summarize(results: readonly CaseResult[]): RunReport['summary'] {
  const count = (holds: (result: CaseResult) => boolean): number => results.filter(holds).length;
  const standing = (wanted: Standing): number => count((result) => result.standing === wanted);
  return {
    right: standing('right'),
    wrong: standing('wrong'),
    inconclusive: standing('inconclusive'),
    noted: standing('noted'),
    'not-applicable': standing('not-applicable'),
    silent: count(({ silent }) => silent),
    leaked: count((result) => result.case.expect === 'refuse' && result.outcome === 'LEAKED'),
  };
}
