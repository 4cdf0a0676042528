import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { age } from '../../../src/web/checks/age.ts';
import { testFaults } from '../../support/check-faults.ts';
import { NOW, solving } from '../../support/solve-captcha.ts';

const code = 'web.stale';

describe('age of a captcha', () => {
  testFaults(age, [
    { name: 'no time', code, run: solving({ solvedAt: undefined }) },
    { name: 'older than five minutes', code, run: solving({ solvedAt: NOW - 300_001 }) },
    { name: 'more than half a minute ahead', code, run: solving({ solvedAt: NOW + 30_001 }) },
    { name: 'no number', code, run: solving({ solvedAt: Number.NaN }) },
  ]);

  it('lets the edges pass', () => {
    for (const solvedAt of [NOW - 300_000, NOW + 30_000]) assert.equal(solving({ solvedAt })().outcome, 'verified');
  });
});
