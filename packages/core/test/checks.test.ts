import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CheckStep, EvidenceError, runChecks, UndeclaredCode } from '@assay/core';

const step = (id: string, run: (state: string[]) => string | undefined, codes: string[] = []): CheckStep<string[]> => ({
  id,
  clause: `clause of ${id}`,
  proves: `${id} holds`,
  codes,
  run,
});

const pass = (id: string): CheckStep<string[]> =>
  step(id, (state) => {
    state.push(id);
    return `saw ${id}`;
  });

const stop = (id: string, code: string, declared: string[]): CheckStep<string[]> =>
  step(
    id,
    () => {
      throw new EvidenceError(code, 'it does not hold', { expected: 'a', found: 'b' });
    },
    declared,
  );

describe('runChecks', () => {
  it('runs every step in order and says what each proved', () => {
    const state: string[] = [];
    const run = runChecks([pass('t.one'), pass('t.two')], state);
    assert.equal(run.outcome, 'verified');
    assert.deepEqual(state, ['t.one', 't.two']);
    assert.deepEqual(run.checks[1], {
      check: 't.two',
      clause: 'clause of t.two',
      proves: 't.two holds',
      outcome: 'passed',
      note: 'saw t.two',
    });
  });

  it('stops at the first failure and marks the rest as not run', () => {
    const state: string[] = [];
    const run = runChecks([pass('t.one'), stop('t.two', 't.bad', ['t.bad']), pass('t.three')], state);
    assert.equal(run.outcome, 'rejected');
    assert.deepEqual(
      run.checks.map((check) => check.outcome),
      ['passed', 'failed', 'not_run'],
    );
    assert.equal(run.checks[1]?.code, 't.bad');
    assert.deepEqual(state, ['t.one']);
  });

  it('lets a crash through: it is no decision', () => {
    const crash = step('t.crash', () => {
      throw new TypeError('undefined is not a function');
    });
    assert.throws(() => runChecks([crash], []), TypeError);
  });

  it('treats a code that a step does not declare as a fault', () => {
    assert.throws(() => runChecks([stop('t.two', 't.other', ['t.bad'])], []), UndeclaredCode);
  });

  it('refuses an empty list', () => {
    assert.throws(() => runChecks([], []), UndeclaredCode);
  });
});
