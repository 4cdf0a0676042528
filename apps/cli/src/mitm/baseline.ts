import { AssayError } from '@assay/core';
import {
  type Baseline,
  type CaseResult,
  compareBaseline,
  type Excuse,
  parseBaseline,
  type RunReport,
} from '@assay/mitm';
import { naming, readText } from '../input.ts';
import { fault } from '../reasons.ts';
import type { Speech } from '../speech.ts';

const MAX_BYTES = 64 << 20;

/** An earlier report that a run is compared with. @throws RequestError `cli.document_invalid`; UpstreamError `cli.file_unreadable` */
export function readBaseline(path: string): Baseline {
  const text = readText(path, MAX_BYTES);
  return naming(path, 'give a report that `assay mitm run --report FILE.json` has written', () => {
    try {
      return parseBaseline(text);
    } catch (error) {
      if (error instanceof AssayError) throw error;
      throw fault('cli.document_invalid', {
        message: 'no report of a run',
        found: error instanceof Error ? error.message : '',
      });
    }
  });
}

/** What fails no run: what is in the baseline as it is now, and what is known, where that is accepted. */
export function excuseOf(report: RunReport, baseline: Baseline | undefined, acceptsKnown: boolean): Excuse {
  const isExcused = excusedBy(baseline, report);
  return (result) => isExcused(result) || (acceptsKnown && result.known !== undefined);
}

/** Whether a result is in the baseline as it is now: wrong then and now. */
function excusedBy(baseline: Baseline | undefined, report: RunReport): Excuse {
  if (baseline === undefined) return () => false;
  const still = new Set(compareBaseline(baseline, report).stillWrong);
  return (result) => still.has(result);
}

/** What has changed since, in as many lines as it has kinds. */
export function showComparison(speech: Speech, baseline: Baseline | undefined, report: RunReport): void {
  if (baseline === undefined) return;
  const { newlyWrong, newlyInconclusive, fixed, stillWrong, gone } = compareBaseline(baseline, report);
  const ids = (results: readonly CaseResult[]): readonly string[] => results.map((result) => result.case.id);
  const rows: Readonly<Record<string, readonly string[]>> = {
    'newly wrong': ids(newlyWrong),
    'no longer proven': ids(newlyInconclusive),
    'right now': ids(fixed),
    'wrong as before': ids(stillWrong),
    'not run now': gone,
  };
  speech.out('Since the baseline');
  for (const [label, named] of Object.entries(rows)) {
    if (named.length > 0) speech.out(`  ${label.padEnd(17)} ${named.join(' ')}`);
  }
  speech.out();
}
