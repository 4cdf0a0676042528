import { describe } from 'node:test';
import { toBase64url } from '@assay/formats';
import { decryption } from '../../../src/play-integrity/checks/decryption.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintPlayToken } from '../../support/mint-play.ts';
import { opening, verifying } from '../../support/run-play.ts';

const code = 'play.decryption_failed';
const respelled = toBase64url(Buffer.from('{ "alg": "A256KW", "enc": "A256GCM" }'));

/** A token with one bit of a part turned. */
function turned(index: number, bit = 0): string {
  return mintPlayToken({
    parts: (parts) => {
      const bytes = Buffer.from(parts[index] ?? '', 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return parts.with(index, toBase64url(bytes));
    },
  });
}

describe('decryption', () => {
  testFaults(decryption, [
    { name: 'the key of another app', code, run: verifying({ decryptionKey: Buffer.alloc(32, 7) }) },
    { name: 'a bit of the wrapped key turned', code, run: opening(turned(1, 100)) },
    { name: 'a bit of the vector turned', code, run: opening(turned(2, 5)) },
    { name: 'a bit of the ciphertext turned', code, run: opening(turned(3, 999)) },
    { name: 'a bit of the tag turned', code, run: opening(turned(4, 127)) },
    { name: 'no ciphertext', code, run: opening(mintPlayToken({ parts: (parts) => parts.with(3, '') })) },
    {
      name: 'the same header in another spelling',
      code,
      run: opening(mintPlayToken({ parts: (parts) => parts.with(0, respelled) })),
    },
  ]);
});
