import { describe } from 'node:test';
import { der } from '@assay/formats';
import { envelope } from '../../../../src/apple/receipt/checks/envelope.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { sha256 } from '../../../support/mint-apple.ts';
import { attribute, CONTENT_TYPE, messageDigest } from '../../../support/mint-receipt.ts';
import { receiving } from '../../../support/run-apple.ts';

const EMPTY = der.implicit(1, new Uint8Array(), { constructed: true });
const code = 'apple.receipt_malformed';

describe('receipt envelope', () => {
  testFaults(envelope, [
    { name: 'bytes after it', code, run: receiving({ tail: Uint8Array.of(0) }) },
    { name: 'another version', code, run: receiving({ version: 3n }) },
    { name: 'another version of the signer', code, run: receiving({ signerVersion: 3n }) },
    { name: 'revocation lists', code, run: receiving({ revocationLists: [EMPTY] }) },
    { name: 'unsigned attributes', code, run: receiving({ unsignedAttributes: [EMPTY] }) },
    { name: 'SHA-1', code, run: receiving({ digestAlgorithm: '1.3.14.3.2.26' }) },
    { name: 'no bytes', code, run: receiving({}, { receipt: new Uint8Array() }) },
    { name: 'larger than any genuine receipt', code, run: receiving({ tail: new Uint8Array(16 * 1024) }) },
    { name: 'signed attributes without a digest', code, run: receiving({ attributes: () => [CONTENT_TYPE] }) },
    {
      name: 'signed attributes without a content type',
      code,
      run: receiving({ attributes: (content) => [messageDigest(sha256(content))] }),
    },
    {
      name: 'signed attributes for another content type',
      code,
      run: receiving({
        attributes: (content) => [attribute('1.2.840.113549.1.9.3', der.oid('1.2.3')), messageDigest(sha256(content))],
      }),
    },
    {
      name: 'two digests',
      code,
      run: receiving({
        attributes: (content) => [CONTENT_TYPE, messageDigest(sha256(content)), messageDigest(sha256(content))],
      }),
    },
  ]);
});
