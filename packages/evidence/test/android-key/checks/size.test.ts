import { describe } from 'node:test';
import { size } from '../../../src/android-key/checks/size.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintKeyAttestation } from '../../support/mint-android.ts';

function withChain(chain: readonly Uint8Array[]) {
  const { input, context } = mintKeyAttestation();
  return verifyKeyAttestation({ ...input, chain }, context);
}

const small = new Uint8Array(8);
const code = 'android.chain_size';

describe('size', () => {
  testFaults(size, [
    { name: 'no certificate', code, run: () => withChain([]) },
    { name: 'one certificate', code, run: () => withChain([small]) },
    { name: 'seven certificates', code, run: () => withChain(new Array(7).fill(small)) },
    { name: 'a certificate of 4097 bytes', code, run: () => withChain([small, new Uint8Array(4097)]) },
  ]);
});
