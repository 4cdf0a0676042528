import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { action } from '../../../src/web/checks/action.ts';
import { testFaults } from '../../support/check-faults.ts';
import { solving } from '../../support/solve-captcha.ts';

const code = 'web.action_mismatch';

describe('action of a captcha', () => {
  testFaults(action, [
    { name: 'another action', code, run: solving({ action: 'newsletter' }) },
    { name: 'no action', code, run: solving({ action: undefined }) },
  ]);

  it('is not asked for where none is registered, and reported as not run', () => {
    const result = solving({ action: 'newsletter' }, { action: undefined })();
    assert.equal(result.outcome, 'verified');
    assert.equal(result.checks.find(({ check }) => check === action.id)?.outcome, 'not_run');
  });
});
