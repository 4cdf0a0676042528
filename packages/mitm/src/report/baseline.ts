import { parseStrictJson } from '@assay/formats';
import { list, object, oneOf, type Reader, word } from '@assay/formats/shape';
import type { CaseResult, RunReport, Standing } from '../outcome.ts';

/** As much of an earlier report as a later one is compared with. */
export interface Baseline {
  readonly results: readonly {
    readonly case: { readonly id: string };
    readonly standing: Standing;
  }[];
}

/** Ids of cases, in the order of the later report. */
export interface Comparison {
  /** Wrong now, and not before: also where the case was inconclusive, or not there. */
  readonly newlyWrong: readonly CaseResult[];
  /** Proven before, and not now. */
  readonly newlyInconclusive: readonly CaseResult[];
  /** Wrong before, and right now. Not being run again mends nothing. */
  readonly fixed: readonly CaseResult[];
  /** Wrong before and now. */
  readonly stillWrong: readonly CaseResult[];
  /** Cases of the earlier report that the later one lacks, or that no longer apply. */
  readonly gone: readonly string[];
}

const STANDINGS = ['right', 'wrong', 'inconclusive', 'noted', 'not-applicable'] as const satisfies readonly Standing[];

const readDocument: Reader<Baseline> = object(
  {
    schema: oneOf(['assay.mitm.run/1']),
    results: list(
      object({ case: object({ id: word(40) }, {}, { open: true }), standing: oneOf(STANDINGS) }, {}, { open: true }),
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
  const before = new Map(earlier.results.map(({ case: { id }, standing }) => [id, standing]));
  const now = new Map(later.results.map((result) => [result.case.id, result.standing]));
  const those = (holds: (was: Standing | undefined, is: Standing) => boolean): readonly CaseResult[] =>
    later.results.filter((result) => holds(before.get(result.case.id), result.standing));
  return {
    newlyWrong: those((was, is) => is === 'wrong' && was !== 'wrong'),
    newlyInconclusive: those((was, is) => is === 'inconclusive' && (was === 'right' || was === 'wrong')),
    fixed: those((was, is) => was === 'wrong' && is === 'right'),
    stillWrong: those((was, is) => was === 'wrong' && is === 'wrong'),
    gone: [...before]
      .filter(([id, was]) => was !== 'not-applicable' && (now.get(id) ?? 'not-applicable') === 'not-applicable')
      .map(([id]) => id),
  };
}
