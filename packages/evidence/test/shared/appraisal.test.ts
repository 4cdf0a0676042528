import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AssayError,
  type CheckStep,
  ConfigError,
  EvidenceError,
  noFacts,
  RequestError,
  UpstreamError,
} from '@assay/core';
import { appraise, appraiseWhere } from '../../src/shared/appraisal.ts';

const step = (error?: Error): CheckStep<null> => ({
  id: 'test.step',
  clause: 'test',
  proves: 'nothing',
  codes: ['test.code'],
  run() {
    if (error !== undefined) throw error;
    return undefined;
  },
});

const run = (error?: Error) => appraise([step(error)], null, () => ({ proven: 'proof', facts: noFacts() }));

describe('appraise', () => {
  it('concludes when every check has passed', () => {
    const result = run();
    assert.equal(result.outcome === 'verified' && result.proven, 'proof');
    assert.equal(result.checks.length, 1);
  });

  const refusals: readonly AssayError[] = [new EvidenceError('test.code', ''), new RequestError('test.code', '')];
  for (const error of refusals) {
    it(`rejects on ${error.name}`, () => {
      const result = run(error);
      assert.equal(result.outcome === 'rejected' && result.error, error);
    });
  }

  const faults = [new ConfigError('test.code', ''), new UpstreamError('test.code', '', true), new TypeError('crash')];
  for (const error of faults) {
    it(`lets ${error.name} through: it is no refusal`, () => assert.throws(() => run(error), error));
  }
});

describe('appraiseWhere', () => {
  const named = (id: string, error?: Error): CheckStep<null> => ({ ...step(error), id });
  const steps = [named('a', new EvidenceError('test.code', '')), named('b'), named('c')];
  const runWhere = (applies: (id: string) => boolean) =>
    appraiseWhere(
      steps,
      ({ id }) => applies(id),
      null,
      () => ({ proven: 'proof', facts: noFacts() }),
    );
  const outcomes = ({ checks }: ReturnType<typeof runWhere>) => checks.map(({ check, outcome }) => [check, outcome]);

  it('reports checks that do not apply as not run, in their places', () => {
    const result = runWhere((id) => id !== 'a');
    assert.equal(result.outcome, 'verified');
    assert.deepEqual(outcomes(result), [
      ['a', 'not_run'],
      ['b', 'passed'],
      ['c', 'passed'],
    ]);
  });

  it('stops at the first that fails', () => {
    const result = runWhere((id) => id !== 'b');
    assert.equal(result.outcome, 'rejected');
    assert.deepEqual(outcomes(result), [
      ['a', 'failed'],
      ['b', 'not_run'],
      ['c', 'not_run'],
    ]);
  });

  it('proves nothing where no check applies', () => assert.throws(() => runWhere(() => false)));
});
