import { describe } from 'node:test';
import { appId } from '../../../../src/apple/attestation/checks/app-id.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.app_id_mismatch';

describe('attestation app id', () => {
  testFaults(appId, [
    { name: 'another bundle', code, run: attesting({ appId: 'TEAM123456.com.example.bank2' }) },
    { name: 'another team', code, run: attesting({ appId: 'TEAM654321.com.example.bank' }) },
  ]);
});
