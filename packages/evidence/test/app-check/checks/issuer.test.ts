import { describe } from 'node:test';
import { issuer } from '../../../src/app-check/checks/issuer.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, checking, PROJECT } from '../../support/mint-app-check.ts';

const code = 'app_check.issuer_mismatch';

describe('issuer of App Check tokens', () => {
  testFaults(issuer, [
    { name: 'another project', code, run: checking({ claims: { ...CLAIMS, iss: `${CLAIMS.iss}3` } }) },
    { name: 'a prefix alone', code, run: checking({ claims: { ...CLAIMS, iss: CLAIMS.iss.slice(0, -1) } }) },
    {
      name: 'another host',
      code,
      run: checking({ claims: { ...CLAIMS, iss: `https://firebaseappcheck.googleapis.com.example.com/${PROJECT}` } }),
    },
    { name: 'another configured project', code, run: checking({}, { project: '1' }) },
  ]);
});
