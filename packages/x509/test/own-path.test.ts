import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../tools/vectors.ts';
import { readOwn, runCase, runPins } from './support/limbo.ts';

describeVectors('own paths and pins', (dir) => {
  for (const given of readOwn(dir)) {
    it(given.id, () => {
      const outcome = runCase(given);
      assert.equal(outcome.result, given.expected_path);
      if (outcome.result === 'FAILURE') return assert.equal(given.expected_overall, 'REJECT');
      const pin = runPins(outcome.path, given.pins_sha256);
      assert.equal(pin, given.pins_sha256.length === 0 ? 'config' : given.expected_pin);
      assert.equal(pin === 'match' ? 'ACCEPT' : 'REJECT', given.expected_overall);
    });
  }
});
