import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { age } from '../../../src/dev/checks/age.ts';
import { testFaults } from '../../support/check-faults.ts';
import { granting, NOW } from '../../support/mint-dev.ts';

const code = 'dev.stale';

describe('age of `dev` evidence', () => {
  testFaults(age, [
    { name: 'older than five minutes', code, run: granting({}, {}, NOW + 300_001) },
    { name: 'more than half a minute ahead', code, run: granting({}, {}, NOW - 30_001) },
  ]);

  it('lets the edges pass', () => {
    for (const at of [NOW + 300_000, NOW - 30_000]) assert.equal(granting({}, {}, at)().outcome, 'verified');
  });
});
