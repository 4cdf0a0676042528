import { describe } from 'node:test';
import { appId } from '../../../../src/apple/receipt/checks/app-id.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { fieldsWith } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

describe('receipt app id', () => {
  testFaults(appId, [
    {
      name: 'another app',
      code: 'apple.receipt_app_id_mismatch',
      run: receiving({ fields: fieldsWith(2, 'TEAM123456.com.example.shop') }),
    },
  ]);
});
