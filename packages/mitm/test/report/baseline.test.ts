import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FormatError } from '@assay/formats';
import { ShapeError } from '@assay/formats/shape';
import type { CaseResult, Standing } from '../../src/outcome.ts';
import { compareBaseline, parseBaseline } from '../../src/report/baseline.ts';
import { toJson } from '../../src/report/json.ts';
import { seen } from '../judge/support/shapes.ts';
import { caseLike, RESULTS, result, runOf } from './support/runs.ts';

const run = (rows: Readonly<Record<string, Standing>>): { results: readonly CaseResult[] } => ({
  results: Object.entries(rows).map(([id, standing]) => result(caseLike(id), seen(), { standing })),
});

const ids = (results: readonly CaseResult[]): readonly string[] => results.map((each) => each.case.id);

describe('an earlier report', () => {
  it('is read from its own JSON', () => {
    const baseline = parseBaseline(toJson(runOf()));
    assert.deepEqual(
      baseline.results.map(({ case: { id } }) => id),
      ids(RESULTS),
    );
  });

  it('is refused where it is none', () => {
    assert.throws(() => parseBaseline('{'), FormatError);
    for (const text of ['[]', '{}', '{"schema":"assay.mitm.run/2","results":[]}'])
      assert.throws(() => parseBaseline(text), ShapeError, text);
    const odd = { schema: 'assay.mitm.run/1', results: [{ case: { id: 'N1' }, standing: 'fine' }] };
    assert.throws(() => parseBaseline(JSON.stringify(odd)), ShapeError);
  });
});

describe('two reports', () => {
  const earlier = run({
    N1: 'right',
    N2: 'wrong',
    N3: 'wrong',
    N4: 'right',
    N5: 'inconclusive',
    N6: 'wrong',
    N7: 'right',
    N8: 'wrong',
  });
  const later = run({
    N1: 'wrong',
    N2: 'right',
    N3: 'wrong',
    N4: 'inconclusive',
    N5: 'wrong',
    N6: 'inconclusive',
    N8: 'not-applicable',
    N9: 'wrong',
  });

  it('are compared case by case', () => {
    const { newlyWrong, newlyInconclusive, fixed, stillWrong, gone } = compareBaseline(earlier, later);
    assert.deepEqual(ids(newlyWrong), ['N1', 'N5', 'N9']);
    assert.deepEqual(ids(newlyInconclusive), ['N4', 'N6']);
    assert.deepEqual(ids(fixed), ['N2']);
    assert.deepEqual(ids(stillWrong), ['N3']);
    assert.deepEqual(gone, ['N7', 'N8']);
  });

  it('know silence too: less than a leak, more than nothing', () => {
    const silent = run({ N1: 'right', N2: 'right', N3: 'right' }).results.map((each) => ({ ...each, silent: true }));
    const { newlyWrong, fixed, stillWrong } = compareBaseline(
      { results: [...silent.slice(0, 1), ...run({ N2: 'wrong', N3: 'right' }).results] },
      { results: silent },
    );
    assert.deepEqual([ids(newlyWrong), ids(fixed), ids(stillWrong)], [['N3'], [], ['N1', 'N2']]);
    assert.deepEqual(ids(compareBaseline({ results: silent }, run({ N1: 'right', N2: 'wrong' })).newlyWrong), ['N2']);
    const read = parseBaseline(toJson(runOf(silent)));
    assert.equal(compareBaseline(read, { results: silent }).stillWrong.length, 3);
  });

  it('that are one show nothing new', () => {
    const { newlyWrong, newlyInconclusive, fixed, gone } = compareBaseline(earlier, earlier);
    assert.deepEqual([newlyWrong, newlyInconclusive, fixed, gone], [[], [], [], []]);
  });
});
