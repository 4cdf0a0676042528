import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { host } from '../../../src/web/checks/host.ts';
import { testFaults } from '../../support/check-faults.ts';
import { HOST, solving } from '../../support/solve-captcha.ts';

const code = 'web.host_mismatch';

describe('host of a captcha', () => {
  testFaults(host, [
    { name: 'no host', code, run: solving({ hostname: undefined }) },
    { name: 'another host', code, run: solving({ hostname: 'example.org' }) },
    { name: 'a host below a registered one', code, run: solving({ hostname: `x.${HOST}` }) },
    { name: 'a registered one as its beginning', code, run: solving({ hostname: `${HOST}.example.org` }) },
    { name: 'nothing', code, run: solving({ hostname: '' }) },
  ]);

  it('is compared without regard to case', () => {
    assert.equal(solving({ hostname: HOST.toUpperCase() })().outcome, 'verified');
  });
});
