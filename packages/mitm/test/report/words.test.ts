import assert from 'node:assert/strict';
import { it } from 'node:test';
import { summarize } from '../../src/judge/judge.ts';
import type { RunReport } from '../../src/outcome.ts';
import { conclusionOf, outcomeWordOf, toDuration, toUtc } from '../../src/report/words.ts';
import { NEGATIVE, seen, shape } from '../judge/support/shapes.ts';
import { RESULTS, result } from './support/runs.ts';

it('a run has passed only where something was proven and nothing is open', () => {
  const right = [result(NEGATIVE, seen(shape('OkHttp closes after its check')))];
  const open = [...right, result(NEGATIVE, seen())];
  const conclude = (results: typeof RESULTS, controls: RunReport['controls'] = 'passed') =>
    conclusionOf({ controls, results, summary: summarize(results) });
  assert.equal(conclude(right), 'passed');
  assert.equal(conclude(open), 'inconclusive');
  assert.equal(conclude([]), 'inconclusive');
  assert.equal(conclude(right, 'failed-after'), 'inconclusive');
  assert.equal(conclude(right, 'not-run'), 'inconclusive');
  assert.equal(conclude(RESULTS), 'failed');
  const refused = RESULTS.filter((each) => each.case.id === 'P2');
  assert.deepEqual([conclude(refused), conclude(refused, 'failed-before')], ['failed', 'inconclusive']);
  assert.equal(conclude(right.map((each) => ({ ...each, silent: true }))), 'failed');
});

it('findings that are excused fail no run, and prove nothing either', () => {
  const right = result(NEGATIVE, seen(shape('OkHttp closes after its check')));
  const [leak, silent, open] = [
    result(NEGATIVE, seen(shape('a request'))),
    { ...right, silent: true },
    result(NEGATIVE, seen()),
  ];
  const conclude = (...results: typeof RESULTS) =>
    conclusionOf(
      { controls: 'passed', results, summary: summarize(results) },
      (each) => each === leak || each === silent,
    );
  assert.equal(conclude(right, leak, silent), 'passed');
  assert.equal(conclude(right, leak, { ...leak }), 'failed');
  assert.equal(conclude(right, leak, open), 'inconclusive');
  assert.equal(conclude(leak), 'inconclusive');
});

it('what arrives where it may is called no leak', () => {
  const words = RESULTS.map((each) => `${each.case.expect} ${outcomeWordOf(each)}`);
  assert.ok(words.includes('accept ARRIVED') && words.includes('report ARRIVED') && words.includes('refuse LEAKED'));
  assert.ok(!words.includes('accept LEAKED') && !words.includes('refuse ARRIVED'), words.join());
});

it('times are for people', () => {
  assert.deepEqual([0, 999, 1_000, 59_949, 65_000, 3_600_000].map(toDuration), [
    ...['0 ms', '999 ms', '1.0 s', '59.9 s', '1 min 05 s', '60 min 00 s'],
  ]);
  assert.equal(toUtc(Date.UTC(2026, 10, 21, 20, 14, 5)), '2026-11-21 20:14:05 UTC');
  assert.equal(toUtc(Number.NaN), 'unknown');
});
