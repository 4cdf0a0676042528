import { describe } from 'node:test';
import { passed } from '../../../src/web/checks/passed.ts';
import { testFaults } from '../../support/check-faults.ts';
import { solving } from '../../support/solve-captcha.ts';

describe('captcha passed', () => {
  testFaults(passed, [{ name: 'not passed', code: 'web.captcha_failed', run: solving({ passed: false }) }]);
});
