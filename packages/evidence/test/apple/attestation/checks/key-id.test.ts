import { describe } from 'node:test';
import { keyId } from '../../../../src/apple/attestation/checks/key-id.ts';
import { verifyAppAttestAttestation } from '../../../../src/index.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { device, keyIdOf, mintAttestation } from '../../../support/mint-apple.ts';
import { generateKeys, P384 } from '../../../support/mint-certificate.ts';

const claiming = (claimed: Uint8Array) => () => {
  const { input, context } = mintAttestation();
  return verifyAppAttestAttestation({ ...input, keyId: claimed }, context);
};

describe('attestation key id', () => {
  testFaults(keyId, [
    { name: "another key's", code: 'apple.key_id_mismatch', run: claiming(keyIdOf(generateKeys())) },
    { name: 'cut short', code: 'apple.key_id_mismatch', run: claiming(keyIdOf(device).subarray(0, 31)) },
    { name: 'empty', code: 'apple.key_id_mismatch', run: claiming(new Uint8Array()) },
    {
      name: 'a key on another curve',
      code: 'apple.leaf_key_unexpected',
      run: () => {
        const { input, context } = mintAttestation({ keys: generateKeys(P384) });
        return verifyAppAttestAttestation(input, context);
      },
    },
  ]);
});
