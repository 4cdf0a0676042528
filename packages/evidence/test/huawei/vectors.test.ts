import assert from 'node:assert/strict';
import { it } from 'node:test';
import { knownValue } from '@assay/core';
import { describeVectors } from '../../../../tools/vectors.ts';
import { huaweiCases } from '../support/token-vectors.ts';

describeVectors("synthetic vectors of Huawei's results", (dir) => {
  const cases = huaweiCases(dir);
  it('are all here', () => assert.equal(cases.length, 9));
  for (const { name, expected, run } of cases) {
    it(`${name}: ${expected}`, () => {
      const appraisal = run();
      if (expected !== 'reject') assert.equal(appraisal.outcome, 'verified', JSON.stringify(appraisal.checks));
      if (expected === 'reject' && appraisal.outcome === 'verified') {
        // One for the policy: it wants a sound device.
        assert.deepEqual(knownValue(appraisal.facts.device.labels), []);
      }
    });
  }
});
