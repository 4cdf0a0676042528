import { describe } from 'node:test';
import { grant } from '../../../src/dev/checks/grant.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, GRANT, granting, NOW } from '../../support/mint-dev.ts';

const expired = 'dev.grant_expired';

describe('grant of `dev` evidence', () => {
  testFaults(grant, [
    { name: 'another grant', code: 'dev.grant_mismatch', run: granting({ claims: { ...CLAIMS, grant: 'grant-2' } }) },
    {
      name: 'a grant that ends this very moment',
      code: expired,
      run: granting({}, { grant: { ...GRANT, expiresAt: NOW } }),
    },
    {
      name: 'a grant whose end is no time',
      code: expired,
      run: granting({}, { grant: { ...GRANT, expiresAt: Number.NaN } }),
    },
    { name: 'a grant that has ended', code: expired, run: granting({}, { grant: { ...GRANT, expiresAt: 0 } }) },
  ]);
});
