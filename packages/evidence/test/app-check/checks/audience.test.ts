import { describe } from 'node:test';
import { audience } from '../../../src/app-check/checks/audience.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CLAIMS, checking, PROJECT } from '../../support/mint-app-check.ts';

const code = 'app_check.audience_mismatch';

describe('audience of App Check tokens', () => {
  testFaults(audience, [
    {
      name: 'the id of the project alone',
      code,
      run: checking({ claims: { ...CLAIMS, aud: ['projects/example-bank'] } }),
    },
    { name: 'the bare number', code, run: checking({ claims: { ...CLAIMS, aud: [PROJECT] } }) },
    { name: 'a longer number', code, run: checking({ claims: { ...CLAIMS, aud: [`projects/${PROJECT}0`] } }) },
  ]);
});
