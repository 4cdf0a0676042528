import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { binding } from '../../../src/web/checks/binding.ts';
import { CAPTCHA_PROVIDERS, type CaptchaProvider } from '../../../src/web/providers.ts';
import { testFaults } from '../../support/check-faults.ts';
import { BINDING, solving } from '../../support/solve-captcha.ts';

const code = 'web.binding_mismatch';

describe('binding of a captcha', () => {
  testFaults(binding, [
    { name: 'another statement', code, run: solving({ bound: `${BINDING.slice(1)}E` }) },
    { name: 'no statement', code, run: solving({ bound: undefined }) },
    { name: 'an empty one', code, run: solving({ bound: '' }) },
  ]);

  for (const provider of Object.keys(CAPTCHA_PROVIDERS) as CaptchaProvider[]) {
    const { carriesBinding } = CAPTCHA_PROVIDERS[provider];
    it(`${provider}: ${carriesBinding ? 'demanded' : 'not compared, and said so'}`, () => {
      const result = solving({ bound: undefined }, { provider })();
      assert.equal(result.outcome, carriesBinding ? 'rejected' : 'verified');
      const { note = '' } = result.checks.find(({ check }) => check === binding.id) ?? {};
      if (!carriesBinding) assert.match(note, /carries no binding/);
    });
  }
});
