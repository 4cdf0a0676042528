import { describe } from 'node:test';
import { der } from '@assay/formats';
import { keyDescription } from '../../../src/android-key/checks/key-description.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { type ChainSpec, describing, HARDWARE, mintKeyAttestation, rootOfTrust } from '../../support/mint-android.ts';

function attempt(changes: Partial<ChainSpec>) {
  const { input, context } = mintKeyAttestation(changes);
  return verifyKeyAttestation(input, context);
}

const code = 'android.key_description_malformed';

describe('key description', () => {
  testFaults(keyDescription, [
    { name: 'an empty extension', code, run: () => attempt({ leafExtensions: [describing(new Uint8Array())] }) },
    { name: 'another structure', code, run: () => attempt({ leafExtensions: [describing(der.sequence())] }) },
    { name: 'a member after the lists', code, run: () => attempt({ tail: der.null() }) },
    {
      name: 'a second root of trust',
      code,
      run: () => attempt({ hardware: [...HARDWARE, rootOfTrust({ state: 2 })] }),
    },
  ]);
});
