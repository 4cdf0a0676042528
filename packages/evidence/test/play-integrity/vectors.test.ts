import assert from 'node:assert/strict';
import { it } from 'node:test';
import { knownValue } from '@assay/core';
import { describeVectors } from '../../../../tools/vectors.ts';
import { playCases } from '../support/token-vectors.ts';

describeVectors('synthetic vectors of Play Integrity', (dir) => {
  const cases = playCases(dir);
  it('are all here', () => assert.equal(cases.length, 14));
  for (const { name, expected, run } of cases) {
    it(`${name}: ${expected}`, () => {
      const appraisal = run();
      if (expected !== 'reject') assert.equal(appraisal.outcome, 'verified', JSON.stringify(appraisal.checks));
      if (expected === 'reject' && appraisal.outcome === 'verified') {
        // One for the policy: it wants a recognised app on a certified device.
        const { app, device } = appraisal.facts;
        const isGood = knownValue(app.recognition) === 'recognized' && knownValue(device.labels)?.includes('device');
        assert.equal(isGood, false);
      }
    });
  }
});
