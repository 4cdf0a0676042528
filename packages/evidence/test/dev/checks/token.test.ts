import { describe } from 'node:test';
import { token } from '../../../src/dev/checks/token.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, granting } from '../../support/mint-dev.ts';

const code = 'dev.token_malformed';

describe('form of `dev` evidence', () => {
  testFaults(token, [
    { name: 'nothing', code, run: granting({}, { token: '' }) },
    { name: 'no JWS', code, run: granting({}, { token: 'grant-1' }) },
    { name: 'an unknown member', code, run: granting({ claims: { ...CLAIMS, uses: 1 } }) },
    { name: 'no binding', code, run: granting({ claims: { grant: CLAIMS.grant, iat: CLAIMS.iat } }) },
    { name: 'a time with a fraction', code, run: granting({ claims: { ...CLAIMS, iat: CLAIMS.iat + 0.1 } }) },
    { name: 'a grant that is no text', code, run: granting({ claims: { ...CLAIMS, grant: 1 } }) },
  ]);
});
