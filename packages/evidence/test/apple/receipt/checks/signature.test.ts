import { describe } from 'node:test';
import { utf8 } from '@assay/formats';
import { signature } from '../../../../src/apple/receipt/checks/signature.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { sha256 } from '../../../support/mint-apple.ts';
import { generateKeys } from '../../../support/mint-certificate.ts';
import { CONTENT_TYPE, messageDigest } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

/** Risk metric 2 becomes 1: the last field but two, so its value is the last "2" before the dates. */
const lowerMetric = (content: Uint8Array): Uint8Array => {
  const changed = Uint8Array.from(content);
  const at = Buffer.from(content).indexOf(Buffer.from([0x02, 0x01, 0x11, 0x02, 0x01, 0x01, 0x04, 0x01, 0x32]));
  changed[at + 8] = 0x31;
  return changed;
};

describe('receipt signature', () => {
  testFaults(signature, [
    { name: 'a lowered risk metric', code: 'apple.receipt_signature_invalid', run: receiving({ tamper: lowerMetric }) },
    {
      name: "another key than the certificate's",
      code: 'apple.receipt_signature_invalid',
      run: receiving({ signatureKeys: generateKeys() }),
    },
    {
      name: 'signed attributes with the digest of something else',
      code: 'apple.receipt_digest_mismatch',
      run: receiving({ attributes: () => [CONTENT_TYPE, messageDigest(sha256(utf8('something else')))] }),
    },
    {
      name: 'signed attributes over a payload that was changed',
      code: 'apple.receipt_digest_mismatch',
      run: receiving({
        attributes: (content) => [CONTENT_TYPE, messageDigest(sha256(content))],
        tamper: lowerMetric,
      }),
    },
  ]);
});
