import { describe } from 'node:test';
import { appId } from '../../../../src/apple/assertion/checks/app-id.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { asserting } from '../../../support/run-apple.ts';

const code = 'apple.app_id_mismatch';

describe('assertion app id', () => {
  testFaults(appId, [
    { name: 'another app of the team', code, run: asserting({ appId: 'TEAM123456.com.example.shop' }) },
  ]);
});
