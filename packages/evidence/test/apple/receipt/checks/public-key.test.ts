import { describe } from 'node:test';
import { publicKey } from '../../../../src/apple/receipt/checks/public-key.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { pointOf } from '../../../support/mint-apple.ts';
import { generateKeys, P384 } from '../../../support/mint-certificate.ts';
import { attestedCertificate, fieldsWith } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

describe('receipt public key', () => {
  testFaults(publicKey, [
    {
      name: 'another stored key',
      code: 'apple.receipt_key_mismatch',
      run: receiving({}, { publicKey: pointOf(generateKeys()) }),
    },
    {
      name: 'a key on another curve',
      code: 'apple.receipt_key_mismatch',
      run: receiving({ fields: fieldsWith(3, attestedCertificate(generateKeys(P384))) }),
    },
    {
      name: 'a field that is no certificate',
      code: 'apple.receipt_payload_malformed',
      run: receiving({ fields: fieldsWith(3, 'certificate') }),
    },
  ]);
});
