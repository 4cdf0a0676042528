import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { age } from '../../../src/huawei/checks/age.ts';
import { testFaults } from '../../support/check-faults.ts';
import { NOW } from '../../support/mint-huawei.ts';
import { checking, harmony, stating } from '../../support/run-huawei.ts';

describe('age', () => {
  testFaults(age, [
    { name: 'no time', code: 'huawei.timestamp_missing', run: stating({ timestampMs: undefined }) },
    {
      name: 'the time member of the other service',
      code: 'huawei.timestamp_missing',
      run: harmony({ result: { timestamp: undefined, timestampMs: NOW } }),
    },
    { name: 'a moment too old', code: 'huawei.stale', run: stating({ timestampMs: NOW - 300_001 }) },
    { name: 'older than a caller allows', code: 'huawei.stale', run: checking({}, {}, { at: NOW + 11, maxAgeMs: 10 }) },
    { name: 'under a limit that is none', code: 'huawei.stale', run: checking({}, {}, { maxAgeMs: Number.NaN }) },
    { name: 'at a time that is none', code: 'huawei.stale', run: checking({}, {}, { at: Number.NaN }) },
    { name: 'a moment too early', code: 'huawei.from_future', run: stating({ timestampMs: NOW + 60_001 }) },
  ]);

  it('takes the limits themselves, as text and as numbers', () => {
    for (const timestampMs of [NOW - 300_000, `${NOW - 300_000}`, NOW + 60_000]) {
      assert.equal(stating({ timestampMs })().outcome, 'verified');
    }
  });
});
