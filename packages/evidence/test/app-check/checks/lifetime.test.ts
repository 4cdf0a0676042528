import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lifetime } from '../../../src/app-check/checks/lifetime.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, checking, NOW } from '../../support/mint-app-check.ts';

const second = NOW / 1000;
const lasting = (iat: number, exp: number) => checking({ claims: { ...CLAIMS, iat: second + iat, exp: second + exp } });
const WEEK = 7 * 86_400;

describe('lifetime of App Check tokens', () => {
  testFaults(lifetime, [
    { name: 'expired this very second', code: 'app_check.expired', run: lasting(-3600, 0) },
    { name: 'expired long ago', code: 'app_check.expired', run: lasting(-9000, -5400) },
    { name: 'judged at a time that is none', code: 'app_check.expired', run: checking({}, {}, Number.NaN) },
    { name: 'from the future', code: 'app_check.issued_in_future', run: lasting(31, 3600) },
    { name: 'for longer than a week', code: 'app_check.lifetime_implausible', run: lasting(0, WEEK + 61) },
    { name: 'for ever', code: 'app_check.lifetime_implausible', run: lasting(-second, 253_402_300_799 - second) },
  ]);

  it('lets a week and a clock that is a little ahead pass', () => {
    assert.equal(lasting(30, WEEK)().outcome, 'verified');
    assert.equal(lasting(-WEEK + 1, 1)().outcome, 'verified');
  });
});
