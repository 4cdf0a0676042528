import { describe } from 'node:test';
import { signer } from '../../../../src/apple/receipt/checks/signer.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { LEAF_EXTENSIONS } from '../../../support/mint-certificate.ts';
import { receiptIntermediate, receiptRoot } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

describe('receipt signer', () => {
  testFaults(signer, [
    {
      name: 'a certificate for something else',
      code: 'apple.receipt_signer_unsuitable',
      run: receiving({ signerExtensions: LEAF_EXTENSIONS }),
    },
    {
      name: 'no certificate of the signer',
      code: 'apple.receipt_signer_missing',
      run: receiving({ certificates: () => [receiptIntermediate.certificate, receiptRoot.certificate] }),
    },
    {
      name: 'more certificates than any genuine receipt has',
      code: 'apple.receipt_signer_missing',
      run: receiving({ certificates: (leaf) => Array.from({ length: 6 }, () => leaf) }),
    },
    {
      name: 'a certificate that is none',
      code: 'apple.receipt_certificate_malformed',
      run: receiving({ certificates: (leaf) => [leaf, Uint8Array.of(0x30, 0)] }),
    },
  ]);
});
