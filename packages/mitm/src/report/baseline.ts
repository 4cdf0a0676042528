import { parseStrictJson } from '@assay/formats';
import { flag, list, object, oneOf, type Reader, word } from '@assay/formats/shape';
import type { CaseResult, RunReport, Standing } from '../outcome.ts';

/** As much of an earlier report as a later one is compared with. */
export interface Baseline {
  readonly results: readonly {
    readonly case: { readonly id: string };
    readonly standing: Standing;
    /** Refused without a report; a finding where reports were expected. */
    readonly silent?: boolean;
  }[];
}

/** Ids of cases, in the order of the later report. */
export interface Comparison {
  /** Wrong or silent now, and not so bad before: also where the case was inconclusive, or not there. */
  readonly newlyWrong: readonly CaseResult[];
  /** Proven before, and not now. */
  readonly newlyInconclusive: readonly CaseResult[];
  /** Wrong or silent before, and right now. Not being run again mends nothing. */
  readonly fixed: readonly CaseResult[];
  /** Wrong or silent now, and no better before. */
  readonly stillWrong: readonly CaseResult[];
  /** Cases of the earlier report that the later one lacks, or that no longer apply. */
  readonly gone: readonly string[];
}

const STANDINGS = ['right', 'wrong', 'inconclusive', 'noted', 'not-applicable'] as const satisfies readonly Standing[];

type Earlier = Baseline['results'][number];

/** A leak that has become a silent refusal is better, and no new finding. */
const badness = (result: Pick<Earlier, 'standing' | 'silent'> | undefined): number =>
  result?.standing === 'wrong' ? 2 : result?.silent === true ? 1 : 0;

const readDocument: Reader<Baseline> = object(
  {
    schema: oneOf(['assay.mitm.run/1']),
    results: list(
      object(
        { case: object({ id: word(40) }, {}, { open: true }), standing: oneOf(STANDINGS) },
        { silent: flag },
        { open: true },
      ),
      1_000,
    ),
  },
  {},
  { open: true },
);

/** An earlier report, from the text of its JSON. Throws FormatError `json.*`, or ShapeError where it is no report. */
export function parseBaseline(text: string): Baseline {
  return readDocument(parseStrictJson(text, { maxBytes: 64 << 20, maxDepth: 32, maxMembers: 4 << 20 }), 'report');
}

export function compareBaseline(earlier: Baseline, later: Pick<RunReport, 'results'>): Comparison {
  const before = new Map(earlier.results.map((result) => [result.case.id, result]));
  const now = new Map(later.results.map((result) => [result.case.id, result.standing]));
  const those = (holds: (was: Earlier | undefined, is: CaseResult) => boolean): readonly CaseResult[] =>
    later.results.filter((result) => holds(before.get(result.case.id), result));
  return {
    newlyWrong: those((was, is) => badness(is) > badness(was)),
    newlyInconclusive: those((was, is) => is.standing === 'inconclusive' && wasProven(was)),
    fixed: those((was, is) => badness(was) > 0 && badness(is) === 0 && is.standing === 'right'),
    stillWrong: those((was, is) => badness(is) > 0 && badness(is) <= badness(was)),
    gone: [...before]
      .filter(
        ([id, was]) => was.standing !== 'not-applicable' && (now.get(id) ?? 'not-applicable') === 'not-applicable',
      )
      .map(([id]) => id),
  };
}

const wasProven = (was: Earlier | undefined): boolean => was?.standing === 'right' || was?.standing === 'wrong';
