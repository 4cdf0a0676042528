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
import { appraise } from '../../src/shared/appraisal.ts';

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
